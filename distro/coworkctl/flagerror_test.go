package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFlagErrors checks the errors of wrong flags. A wrong value and a missing value were
// reported as unknown flags. No error has the argument.
func TestFlagErrors(t *testing.T) {
	check := func(want string, args ...string) {
		t.Helper()
		r := command(t, args...)
		require.Equal(t, 1, r.status)
		require.Equal(t, "coworkctl: "+want+"\n", r.err)
	}
	check("verify: unknown flag (did you mean --endpoint?)", "verify", "--endpont", "s3cret")
	check("verify: unknown flag (did you mean --endpoint?)", "verify", "--endpont=s3cret")
	check("verify: unknown flag (see --help)", "verify", "--s3cret")
	check("verify: unknown flag (see --help)", "verify", "-x")
	check("verify: --endpoint: needs a value (see --help)", "verify", "--endpoint")
	check("gen send: --days: is no whole number", "gen", "send", "--days", "s3cret")
}
