// Package changedfile reads a file again when it changes.
//
// The caller has the loop: it calls [File.Read] at an interval and passes the time. A file
// that did not change costs one call of stat.
package changedfile
