package main

import (
	"strings"
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

// TestRenamedFlags checks that a flag of an earlier version is answered with the present one,
// which exists. "--page" was an unknown flag without a suggestion, and "--output" became
// "--month".
func TestRenamedFlags(t *testing.T) {
	for _, f := range renamedFlags {
		for _, args := range [][]string{{"--" + f.flag, "s3cret"}, {"--" + f.flag + "=s3cret"}} {
			r := command(t, append([]string{f.command}, args...)...)
			require.Equal(t, 1, r.status)
			require.Equal(t, "coworkctl: "+f.command+": --"+f.flag+": was renamed (write "+f.now+")\n", r.err)
		}
		cmd, _, err := newRoot(environment{}).Find([]string{f.command})
		require.NoError(t, err)
		require.Nil(t, cmd.Flags().Lookup(f.flag), "is a flag again")
		name, _, _ := strings.Cut(strings.TrimPrefix(f.now, "--"), " ")
		require.NotNil(t, cmd.Flags().Lookup(name), f.now)
	}
}
