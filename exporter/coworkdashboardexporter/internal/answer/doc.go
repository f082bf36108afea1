// Package answer answers the queries of the page from the database.
//
// # Panels
//
// A [report.Query] names a fact, keys and sums. [tableOf] chooses the smallest table of
// package fact that has them and the names of the filter. [spanOf] turns the requested
// time range into complete hours or days, and [piecesOf] into the weeks, days and hours
// that are read: they do not overlap, so sums add up and users are a union. A relation
// adds up the rows of all pieces by the keys and replaces ids by names; the columns of
// the panel are expressions over it. The numbers of a line or a heat map are put into
// the hours and days of the range here, not in SQL.
//
// A query that needs data which is not a fact uses one of [otherData].
package answer
