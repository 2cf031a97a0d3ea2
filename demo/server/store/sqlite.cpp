#include "store/sqlite.h"

namespace vitrine::demo {

Database::Database(const std::string& path) {
  if (sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                      nullptr) != SQLITE_OK) {
    const std::string reason = handle_ ? sqlite3_errmsg(handle_) : "out of memory";
    sqlite3_close(handle_);
    throw DatabaseError("cannot open the database " + path + ": " + reason);
  }
  sqlite3_busy_timeout(handle_, 5000);  // another process may read or checkpoint the file
}

Database::~Database() { sqlite3_close(handle_); }

void Database::run(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

void Database::fail(std::string_view doing) const {
  throw DatabaseError(std::string(sqlite3_errmsg(handle_)) + " (" + std::string(doing) + ")");
}

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
  check(sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &handle_, nullptr));
}

Statement& Statement::start() {
  sqlite3_reset(handle_);
  next_ = 1;
  return *this;
}

Statement& Statement::text(std::string_view value) {
  check(value.empty() ? sqlite3_bind_null(handle_, next_)
                      : sqlite3_bind_text64(handle_, next_, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  ++next_;
  return *this;
}

Statement& Statement::integer(std::int64_t value) {
  check(sqlite3_bind_int64(handle_, next_++, value));
  return *this;
}

Statement& Statement::real(double value) {
  check(sqlite3_bind_double(handle_, next_++, value));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  // An unfinished statement would keep its locks, so it is reset after success and failure.
  if (sqlite3_reset(handle_) != SQLITE_OK) database_.fail(sqlite3_sql(handle_));
  return false;
}

std::string Statement::textAt(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))) : std::string();
}

void Statement::check(int code) {
  if (code != SQLITE_OK) database_.fail("preparing a statement");
}

Transaction::~Transaction() {
  // Some errors (a full disk) have rolled back already; the second ROLLBACK then fails, which is harmless.
  if (!isDone_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.run("COMMIT");
  isDone_ = true;
}

}  // namespace vitrine::demo
