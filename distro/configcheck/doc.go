// Package configcheck checks a configuration before the collector reads it, and reports
// all errors at once, in words.
//
// The collector stops at the first component that it cannot decode, names Go types, and
// does not check references from components to extensions. [Check] resolves the same
// configuration, decodes each component separately with the factory's defaults, and
// reports every error with the key that causes it.
//
// # Values
//
// A message contains a value only for keys that are numbers, booleans or durations, and
// only if the value is written in the configuration itself. All other values can be
// secrets. Messages of components contain what the component puts into them.
package configcheck
