// Package urlquery parses the query of a page's address (range, from, to,
// organization, user, model, section, before, limit) and builds links that keep it.
//
// The address is the only state of a page.
package urlquery
