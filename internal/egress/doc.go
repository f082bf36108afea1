// Package egress judges the hosts, connectors and plugins that events name by lists of
// what is allowed and what is disabled.
//
//  1. [Lists] are the lists as they are configured or read from a file ([Parse]).
//  2. [Compile] compiles them to a [Policy].
//  3. [EndpointsOf] finds the hosts of an event.
//  4. [Policy.Judge] returns the verdicts on an event.
//
// Texts come from agents that a web page can influence, so what the package cannot read,
// because it is too long or has no valid form, is never allowed.
package egress
