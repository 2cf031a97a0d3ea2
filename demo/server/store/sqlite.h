// RAII classes for SQLite: a connection, prepared statements, a transaction that rolls back unless committed.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace vitrine::demo {

// The message is SQLite's own, followed by the failed action. Nothing of the failed transaction is stored.
struct DatabaseError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Database {
 public:
  explicit Database(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const char* sql);  // one or more statements without results
  sqlite3* handle() const { return handle_; }
  [[noreturn]] void fail(std::string_view doing) const;

 private:
  sqlite3* handle_ = nullptr;
};

class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement() { sqlite3_finalize(handle_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Each call binds the next parameter; start() begins with the first. An empty text is stored as NULL.
  Statement& start();
  Statement& text(std::string_view value);
  Statement& integer(std::int64_t value);
  Statement& real(double value);

  bool step();  // true while there is a row
  void finish() {
    while (step()) {
    }
  }

  std::string textAt(int column) const;  // "" for NULL
  std::int64_t integerAt(int column) const { return sqlite3_column_int64(handle_, column); }
  double realAt(int column) const { return sqlite3_column_double(handle_, column); }

 private:
  void check(int code);

  Database& database_;
  sqlite3_stmt* handle_ = nullptr;
  int next_ = 1;
};

class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  Database& database_;
  bool isDone_ = false;
};

}  // namespace vitrine::demo
