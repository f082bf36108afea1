// Package web serves the page: panels, prompts with their waterfall, and the setup
// check, each also as JSON or CSV.
//
// [New] returns a handler for a list of panels and a [report.Source]. A request takes
// these steps:
//
//  1. security.go checks method, host and path, and sets the security headers: the page
//     loads nothing from other servers and runs no inline script.
//  2. Package urlquery parses the address, which is the only state of a page.
//  3. pages.go or api.go, the handlers, query the source through source.go, which bounds
//     the number of concurrent queries. obeyed.go hides the panels that the filter cannot
//     be applied to.
//  4. Packages chart, prompts and setup turn the answers into views; package format writes
//     numbers, times and names.
//  5. templates.go renders the views to HTML, package encode writes JSON and CSV.
//
// Every page works without scripts. With scripts, uPlot draws lines from the table below
// each chart, figures update, and filters apply at once.
package web
