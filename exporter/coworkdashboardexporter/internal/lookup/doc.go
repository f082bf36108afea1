// Package lookup reads from the database what the page shows besides panels: prompts with
// their steps, the names that a filter can be set to, and the input of the setup check.
package lookup
