// The two characters that separate fields and records in the texts of the core (wasm/base/field_writer.h). Neither can
// occur in a field.

/** Splits a record into its fields. */
export const splitFields = (record: string): string[] => record.split('\x1f');

/** Splits text into records, each with its end. */
export const splitRecords = (text: string): string[] => text.split('\x1e').filter(Boolean);
