// Package tenant reads a list of bearer tokens, each bound to organizations, and finds the
// tenant of a token.
//
//  1. read.go reads the list from YAML, and entry.go one entry of it.
//  2. list.go finds the tenant of a token, by its SHA-256 digest.
//  3. tenant.go is what a request with the token may send. It passes an authenticator's
//     result to the components behind.
//
// Errors name lines and keys, never a token, a name or an organization.
package tenant
