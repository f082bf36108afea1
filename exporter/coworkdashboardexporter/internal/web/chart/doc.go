// Package chart draws answers: it turns the table of a panel and the steps of a prompt
// into views, which the templates place without further logic.
//
// There is one file for each shape of a panel (figure.go, line.go, bar.go, table.go,
// heat.go) and one for the waterfall of a prompt. Each drawing is a table or an SVG, so
// that the page needs no script.
package chart
