// Package panels holds the panels of the page as values.
//
// To add a panel, add a value to the list of its section, in panels_<section>.go: a
// question, the columns, and a [report.Query] whose fact and sums package fact declares.
// The SQL expressions of columns use the keys and sums of the query by their names.
// The tests of the package check each panel against figures that are computed apart.
package panels
