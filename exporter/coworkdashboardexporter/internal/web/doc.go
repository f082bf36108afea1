// Package web serves the page: panels, prompts with their waterfall, and the check of
// the set-up, with JSON and CSV of each.
//
// [New] makes a handler of a list of panels and a [report.Source]. A request is answered
// in these steps:
//
//  1. The guard looks at method, host, path and length, and sets the headers that keep
//     the page to itself: it fetches nothing from elsewhere and runs nothing inline.
//  2. The address is read as a query: the address is all the state that a page has.
//  3. The source is asked, for several panels at once, though never for more than a few
//     over all requests.
//  4. Answers become views: text that is safe to show, numbers as people write them,
//     shapes as numbers in SVG. What a view holds, a template only places.
//
// Everything works without a script. With one, lines are drawn by uPlot from the table
// that stands beneath them, figures follow the source, and filters apply at once.
package web
