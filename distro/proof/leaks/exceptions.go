package leaks

import "regexp"

// An exception justifies the survival of canaries.
type exception struct {
	spot, kind, surface string // regular expressions of the complete name
	reason              string
}

// exceptions are all of them, one by one. The program lists those that a run needed.
var exceptions = []exception{
	{`.*: (request id|session|prompt id|organization|user)`, `format .* (id|ID|SID)`, `.*`, "an account's identifier under a key of identifiers stays, as identifiers do"},
}

// controlExceptions are places whose values are not stored or exported even with redaction
// off.
var controlExceptions = []exception{
	{`log attribute: event time`, `visa|amex`, `.*`, "a number is read as a time"},
	{`log event name`, `.*`, `.*`, "the event name of a client's record is replaced by that of its attribute"},
}

// pending are known leaks: survivors of such a spot, kind and surface are notes. There are none.
var pending []exception

// justified returns the first exception for a survivor, nil if there is none.
func justified(list []exception, c *canary, surfaceName string) *exception {
	for i := range list {
		e := &list[i]
		if matches(e.spot, c.spot) && matches(e.kind, c.kind) && matches(e.surface, surfaceName) {
			return e
		}
	}
	return nil
}

func matches(pattern, s string) bool {
	return regexp.MustCompile("^(?:" + pattern + ")$").MatchString(s)
}
