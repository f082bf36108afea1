// Package span holds what a detector returns: the part of a text that it accepted, the
// pattern, and how sure it is. It also reads the markers that replace such parts.
package span
