// Package database stores the data of the page in SQLite or in PostgreSQL.
//
// [Open] opens a database, creates or upgrades its tables by the numbered files of the
// folder migrations, and sets a damaged file aside. [DB.Write] and [DB.Read] run a
// transaction; [Tx.Insert] and [Tx.InsertNew] insert many rows in the fastest way of the
// engine. Both engines run the same statements, with parameters $1, $2 and so on.
//
// Errors state the problem and a remedy. They contain no data and no credentials.
package database
