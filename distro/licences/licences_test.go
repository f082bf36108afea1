package main

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFile checks that THIRD_PARTY_LICENCES lists the modules that are linked now, each with
// an allowed licence.
func TestFile(t *testing.T) {
	want, err := report("../..")
	if err != nil && (strings.Contains(err.Error(), "dial tcp") || strings.Contains(err.Error(), "module lookup disabled")) {
		t.Skip("the modules of other systems are not downloaded: ", err)
	}
	require.NoError(t, err)
	have, err := os.ReadFile("../../" + file)
	require.NoError(t, err)
	if want == string(have) {
		return
	}
	// The whole texts are too long for a message.
	list, _, _ := strings.Cut(string(have), strings.Repeat("-", 80))
	wantList, _, _ := strings.Cut(want, strings.Repeat("-", 80))
	require.Equal(t, wantList, list, "run go run ./distro/licences")
	t.Fatal("a text has changed: run go run ./distro/licences")
}

func TestTagsAreThoseOfTheMakefile(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	require.NoError(t, err)
	require.Contains(t, string(makefile), "-tags="+buildTags)
}

func TestClassify(t *testing.T) {
	check := func(text string, allowed bool, ids ...string) {
		t.Helper()
		got, ok := classify(text)
		require.Equal(t, ids, got, text)
		require.Equal(t, allowed, ok, text)
	}
	const mit = "Permission is hereby granted, free of charge, to any\n person obtaining a copy of this software"
	const bsd = "Redistribution and use in source and binary forms, with or without modification"
	check("Apache License\n   Version 2.0, January 2004", true, "Apache-2.0")
	check(mit, true, "MIT")
	check(bsd, true, "BSD-2-Clause")
	check(bsd+" … may be used to endorse or promote products derived from", true, "BSD-3-Clause")
	check("Mozilla Public License Version 2.0 … means the GNU General Public License, Version 2.0", true, "MPL-2.0")
	check("GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007", false, "GPL")
	check("GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3", false, "AGPL")
	check("GNU LESSER GENERAL PUBLIC LICENSE\nVersion 2.1", false, "LGPL")
	check("Server Side Public License\nVERSION 1", false, "SSPL")
	check("Business Source License 1.1", false, "BUSL")
	check(mit+"\n\n\"Commons Clause\" License Condition v1.0", false, "MIT", "Commons Clause")
	check("All rights reserved.", false)
	check("", false)
}

// TestRefused checks the errors for modules that must not be linked.
func TestRefused(t *testing.T) {
	check := func(want string, texts map[string]string) {
		t.Helper()
		_, err := format([]module{{"example.com/x", "v1.0.0", texts}})
		if want == "" {
			require.NoError(t, err)
			return
		}
		require.ErrorContains(t, err, want)
	}
	check("", map[string]string{"LICENSE": "Apache License, Version 2.0 … Licensed under the Apache License, Version 2.0", "NOTICE": "Copyright X"})
	check("example.com/x: has no licence", nil)
	check("example.com/x: has no licence", map[string]string{"NOTICE": "Copyright X"})
	check("example.com/x: COPYING has the licence", map[string]string{"LICENSE": "Apache License Version 2.0", "COPYING": "GNU General Public License\nVersion 2"})
	check("example.com/x: lib/LICENSE has the licence", map[string]string{"LICENSE": "Apache License Version 2.0", "lib/LICENSE": "All rights reserved."})
}

func TestTextsAreListedOnce(t *testing.T) {
	text := map[string]string{"LICENSE": "Apache License Version 2.0\r\n"}
	other := map[string]string{"LICENSE": "Apache License Version 2.0\n\n"}
	got, err := format([]module{{"example.com/a", "v1.0.0", text}, {"example.com/b", "v1.0.0", other}})
	require.NoError(t, err)
	require.Contains(t, got, "example.com/a v1.0.0: Apache-2.0\nexample.com/b v1.0.0: Apache-2.0\n")
	require.Contains(t, got, "\nexample.com/a/LICENSE\nexample.com/b/LICENSE\n\nApache License Version 2.0\n")
	require.Equal(t, 1, strings.Count(got, "Apache License Version 2.0"))
}
