// Package changedfile reads files again when they change.
//
// A [File] is parsed again only if its content has changed; one that did not change costs a
// call of stat. A [Watch] reads the files of a component at an interval, and reports errors.
package changedfile
