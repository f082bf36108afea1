//go:generate go tool mdatagen metadata.yaml

// Package coworktenantsextension authenticates the senders of OTLP requests by bearer
// tokens, each bound to organizations.
//
// Package internal/tenant reads the list of tokens and finds the tenant of a token. This
// package applies it:
//
//  1. config.go has the configuration.
//  2. source.go holds the list, and reads its files again when they change.
//  3. authenticator.go accepts or refuses a request, and passes its tenant to the
//     components behind.
package coworktenantsextension
