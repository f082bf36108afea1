// Package chart draws the answers of panels: it turns tables into views, which the
// templates place without further logic.
//
// There is one file for each shape of a panel: figure.go, line.go, heat.go, and table.go
// for tables and rankings. Each drawing is a table or an SVG, so that the page needs no
// script.
package chart
