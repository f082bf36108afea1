// Package extending tests the documented way to build a distribution with a component of
// one's own, outside a clone of this module.
package extending
