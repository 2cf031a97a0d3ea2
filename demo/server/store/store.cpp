#include "store/store.h"

#include <filesystem>

#include "store/ids.h"

namespace vitrine::demo {
namespace {

constexpr int kSchemaVersion = 3;

constexpr char kSchema[] = R"sql(
CREATE TABLE events (
  id          INTEGER PRIMARY KEY,       -- order of arrival
  service     TEXT    NOT NULL,
  event_id    TEXT    NOT NULL,
  type        TEXT    NOT NULL,
  at          INTEGER NOT NULL,          -- epoch ms, the shopper's clock
  received_at INTEGER NOT NULL,          -- epoch ms, ours
  seq         INTEGER NOT NULL,
  visitor_id  TEXT,
  session_id  TEXT,
  user_id     TEXT,
  serve_id    TEXT,
  anchor_id   TEXT,
  order_id    TEXT,
  deliveries  INTEGER NOT NULL DEFAULT 1,
  body        TEXT    NOT NULL,
  UNIQUE (event_id, service)
);
CREATE INDEX events_by_visitor ON events (visitor_id, type);
CREATE INDEX events_by_type ON events (type);
CREATE INDEX events_by_arrival ON events (received_at);
CREATE INDEX events_by_order ON events (order_id) WHERE order_id IS NOT NULL;
CREATE TABLE event_items (
  event      INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  line       INTEGER NOT NULL,
  item_id    TEXT    NOT NULL,
  quantity   REAL    NOT NULL,
  unit_price REAL    NOT NULL,
  PRIMARY KEY (event, line)
) WITHOUT ROWID;
CREATE INDEX event_items_by_item ON event_items (item_id);
)sql";

constexpr std::string_view kInsertEvent =
    "INSERT INTO events (service, event_id, type, at, received_at, seq, visitor_id, session_id, user_id, serve_id, "
    "anchor_id, "
    "order_id, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (event_id, service) DO UPDATE SET deliveries = deliveries + 1 RETURNING id, deliveries";

constexpr std::string_view kInsertItem =
    "INSERT INTO event_items (event, line, item_id, quantity, unit_price) VALUES (?, ?, ?, ?, ?)";

std::string withFolder(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  std::error_code failed;
  if (!folder.empty()) std::filesystem::create_directories(folder, failed);
  if (failed) throw DatabaseError("cannot make the folder " + folder.string() + ": " + failed.message());
  return path;
}

std::int64_t number(Database& database, std::string_view sql) {
  Statement statement(database, sql);
  return statement.step() ? statement.integerAt(0) : 0;
}

// Creates or checks the tables; must run before the statements that name them are prepared.
Database& prepared(Database& database) {
  // synchronous is FULL, because with WAL and NORMAL the last commits may be lost when the machine loses power.
  database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  const std::int64_t version = number(database, "PRAGMA user_version");
  if (version == kSchemaVersion) return database;
  if (version != 0 || number(database, "SELECT count(*) FROM sqlite_schema") != 0)
    throw DatabaseError("the database has another schema (version " + std::to_string(version) +
                        "); give a new file with --db");
  Transaction transaction(database);
  database.run(kSchema);
  database.run(("PRAGMA user_version = " + std::to_string(kSchemaVersion)).c_str());
  transaction.commit();
  return database;
}

StoredEventKind kindNamed(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kStoredEventKindNames); ++i)
    if (kStoredEventKindNames[i] == name) return static_cast<StoredEventKind>(i);
  throw DatabaseError("an event of unknown type is stored: " + std::string(name));
}

}  // namespace

Store::Store(const std::string& path)
    : database_(withFolder(path)),
      insertEvent_(prepared(database_), kInsertEvent),
      insertItem_(database_, kInsertItem) {}

bool Store::insert(const StoredEvent& event, EpochMs nowMs) {
  insertEvent_.start()
      .text(event.service)
      .text(event.eventId)
      .text(nameOf(event.kind))
      .integer(event.atMs)
      .integer(nowMs)
      .integer(event.seq);
  insertEvent_.text(event.visitorId).text(event.sessionId).text(event.userId).text(event.serveId).text(event.anchorId);
  insertEvent_.text(event.orderId).text(event.body).step();
  const std::int64_t id = insertEvent_.integerAt(0);
  const bool isFresh = insertEvent_.integerAt(1) == 1;
  insertEvent_.finish();
  for (std::size_t line = 0; isFresh && line < event.items.size(); ++line) {
    const EventItem& item = event.items[line];
    insertItem_.start().integer(id).integer(static_cast<std::int64_t>(line)).text(item.itemId);
    insertItem_.real(item.quantity).real(item.unitPrice).finish();
  }
  return isFresh;
}

Receipt Store::add(const std::vector<StoredEvent>& events, EpochMs nowMs,
                   const std::function<void(const StoredEvent&)>& onFresh) {
  const std::lock_guard lock(mutex_);
  std::vector<const StoredEvent*> fresh;
  Transaction transaction(database_);
  for (const StoredEvent& event : events)
    if (insert(event, nowMs)) fresh.push_back(&event);
  transaction.commit();
  for (const StoredEvent* event : fresh) {
    StoredEvent stored = *event;
    stored.receivedMs = nowMs;
    onFresh(stored);
  }
  return {fresh.size(), events.size() - fresh.size()};
}

EventPage Store::list(const EventQuery& query) {
  const std::pair<std::string_view, const std::string*> conditions[] = {
      {"service = ?", &query.service},
      {"visitor_id = ?", &query.visitorId},
      {"session_id = ?", &query.sessionId},
      {"user_id = ?", &query.userId},
      {"type = ?", &query.type},
      {"event_id = ?", &query.eventId},
      {"serve_id = ?", &query.serveId},
      {"order_id = ?", &query.orderId},
      {"id IN (SELECT event FROM event_items WHERE item_id = ?)", &query.itemId},
  };
  std::string where = " FROM events WHERE received_at >= ?";
  for (const auto& [condition, value] : conditions)
    if (!value->empty()) where.append(" AND ").append(condition);
  const auto bind = [&](Statement& statement) -> Statement& {
    statement.start().integer(query.sinceMs);
    for (const auto& [condition, value] : conditions)
      if (!value->empty()) statement.text(*value);
    return statement;
  };

  const std::lock_guard lock(mutex_);
  EventPage page;
  Statement totals(database_, "SELECT count(*), total(deliveries)" + where);
  if (bind(totals).step()) {
    page.total = totals.integerAt(0);
    page.rawDeliveries = totals.integerAt(1);
  }
  Statement rows(database_, "SELECT service, body, received_at, deliveries" + where + " ORDER BY id LIMIT ?");
  bind(rows).integer(query.limit);
  while (rows.step()) page.events.push_back({rows.textAt(0), rows.textAt(1), rows.integerAt(2), rows.integerAt(3)});
  return page;
}

void Store::replay(const std::function<void(const StoredEvent&)>& onEvent) {
  const std::lock_guard lock(mutex_);
  Statement items(database_, "SELECT item_id, quantity, unit_price FROM event_items WHERE event = ? ORDER BY line");
  Statement rows(
      database_,
      "SELECT id, event_id, type, at, received_at, seq, visitor_id, session_id, user_id, serve_id, anchor_id, order_id"
      ", service FROM events ORDER BY id");
  while (rows.step()) {
    StoredEvent event;
    event.eventId = rows.textAt(1);
    event.kind = kindNamed(rows.textAt(2));
    event.atMs = rows.integerAt(3);
    event.receivedMs = rows.integerAt(4);
    event.seq = rows.integerAt(5);
    event.visitorId = rows.textAt(6);
    event.sessionId = rows.textAt(7);
    event.userId = rows.textAt(8);
    event.serveId = rows.textAt(9);
    event.anchorId = rows.textAt(10);
    event.orderId = rows.textAt(11);
    event.service = rows.textAt(12);
    items.start().integer(rows.integerAt(0));
    while (items.step()) event.items.push_back({items.textAt(0), items.realAt(1), items.realAt(2)});
    onEvent(event);
  }
}

std::int64_t Store::count() {
  const std::lock_guard lock(mutex_);
  return number(database_, "SELECT count(*) FROM events");
}

std::int64_t Store::clear(const std::function<void()>& onCleared) {
  const std::lock_guard lock(mutex_);
  Transaction transaction(database_);
  const std::int64_t removed = number(database_, "SELECT count(*) FROM events");
  database_.run("DELETE FROM events");
  transaction.commit();
  onCleared();
  return removed;
}

std::string Store::streamName() {
  const std::lock_guard lock(mutex_);
  Transaction transaction(database_);
  database_.run("CREATE TABLE IF NOT EXISTS stream (name TEXT NOT NULL)");
  Statement stored(database_, "SELECT name FROM stream");
  std::string name = stored.step() ? stored.textAt(0) : "";
  stored.finish();
  if (name.empty()) {
    name = newId("vitrine-");
    Statement(database_, "INSERT INTO stream (name) VALUES (?)").start().text(name).finish();
  }
  transaction.commit();
  return name;
}

}  // namespace vitrine::demo
