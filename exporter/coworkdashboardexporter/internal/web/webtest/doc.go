// Package webtest makes up a team, so that the page can be looked at and tested
// without a store: forty people over thirty days, the same each time.
package webtest
