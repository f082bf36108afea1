package secret

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFeatureNames checks that each feature has a name of its own.
func TestFeatureNames(t *testing.T) {
	seen := map[string]bool{}
	for i, name := range featureNames {
		require.NotEmpty(t, name, i)
		require.False(t, seen[name], name)
		seen[name] = true
	}
	for _, name := range append(kindNames[:], linkNames[:]...) {
		require.NotEmpty(t, name)
	}
	require.LessOrEqual(t, int(featureCount), 128, "a set has 128 bits")
}

// TestFeatures checks each feature of a value with examples that have it and that do not.
func TestFeatures(t *testing.T) {
	check := func(which feature, want bool, kind Kind, link Link, style Style, values ...string) {
		t.Helper()
		for _, value := range values {
			f := featuresOf(kind, link, style, value)
			require.Equal(t, want, f.has(which), "%s: %q", featureNames[which], value)
			require.True(t, f.has(featureBias) && f.has(featureNouns+feature(kind)) && f.has(featureLinks+feature(link)) && f.has(styleBare+feature(style)))
		}
	}
	forPassword := func(which feature, with, without []string) {
		t.Helper()
		check(which, true, Password, LinkAssign, Bare, with...)
		check(which, false, Password, LinkAssign, Bare, without...)
	}
	forPassword(sizeUnder6, []string{"abcd", "abcde"}, []string{"abcdef"})
	forPassword(sizeUnder8, []string{"abcdef", "abcdefg"}, []string{"abcde", "abcdefgh"})
	forPassword(sizeUnder12, []string{"abcdefgh", "abcdefghijk"}, []string{"abcdefg", "abcdefghijkl"})
	forPassword(sizeUnder20, []string{"abcdefghijkl", "abcdefghijklmnopqrs"}, []string{"abcdefghijk", "abcdefghijklmnopqrst"})
	forPassword(sizeOver20, []string{"abcdefghijklmnopqrst"}, []string{"abcdefghijklmnopqrs"})
	forPassword(lettersDigits, []string{"hunter2", "Moss#204"}, []string{"hunter", "204204", "page 204 of"})
	forPassword(symbols, []string{"Moss#pond", "a!b!", "Heron-latch"[:5] + "!"}, []string{"heron", "heron_latch", "aGVyb24=="})
	forPassword(mixedCase, []string{"heronLATCH2", "mOSS204"}, []string{"heron", "Heron", "heronLatch"})
	forPassword(lowerWord, []string{"heron"}, []string{"Heron", "heron2", "heron-latch"})
	forPassword(titleWord, []string{"Heron"}, []string{"heron", "HERON", "Heron2"})
	forPassword(upperWord, []string{"HERON", "HERON_2"}, []string{"Heron", "204"})
	forPassword(joinedWords, []string{"heron-latch", "heron.latch", "a/b/heron"}, []string{"heron", "heron-2", "heron latch"})
	forPassword(wordDigits, []string{"hunter2", "Heron204"}, []string{"heron", "2heron", "a2", "heron2x"})
	forPassword(camelCase, []string{"passwordField", "heronLatchGull"}, []string{"heron", "Heron", "heronL", "hQzXw"})
	forPassword(idWithNumber, []string{"db-01", "heron-02.latch", "JIRA-123"}, []string{"heron", "4f9d2c7be1a85630", "J-1"})
	forPassword(onlyDigits, []string{"482133", "4821"}, []string{"4821a"})
	forPassword(shortNumber, []string{"4821", "48213"}, []string{"482133", "482a"})
	forPassword(onlyHex, []string{"4f9d2c7b"}, []string{"4821", "heron204", "4f9d-2c7b"})
	forPassword(hashSize, []string{"4f9d2c7be1a856304f9d2c7be1a85630"}, []string{"4f9d2c7be1a85630"})
	forPassword(uuid, []string{"6d5f27cb-f97b-4842-aa36-18a3d8f4d0c7"}, []string{"6d5f27cb-f97b-4842-aa36-18a3d8f4d0cx"})
	forPassword(version, []string{"1.2.3", "v1.20", "2026-11-29", "12:30:00", "2026-11-29T12:30:00Z"}, []string{"4821", "1.2.x", "1-2", "v2"})
	forPassword(path, []string{"./a/b", "/etc/passwd2"}, []string{"heron"})
	forPassword(member, []string{"user.name"}, []string{"heron", "1.2"})
	check(member, false, Password, LinkAssign, Quoted, "user.name")
	forPassword(codeSigns, []string{"f(x)", "a[0]"}, []string{"heron", "q8Zr4Tb1Xw6Pn3Lc9Vd2=="})
	forPassword(containsNoun, []string{"mypassword1", "Secret204"}, []string{"heron"})
	forPassword(foreignLetters, []string{"Пароль204", "größe"}, []string{"heron", "a#b"})
	forPassword(phrase, []string{"heron latch gull"}, []string{"heron", "the password is required"})
	forPassword(sentence, []string{"the password is required", "a b c d e f g h i j"}, []string{"heron latch gull"})
	forPassword(passwordWord, []string{"heron"}, []string{"heron2", "heron!"})
	forPassword(passwordStrong, []string{"Mosspond#204"}, []string{"heron2", "heron#"})
	forPassword(random, []string{"q8Zr4Tb1Xw6Pn3Lc9Vd2"}, []string{"heron", "heron-latch-02"})
	forPassword(nounName, []string{"confirm_password"}, []string{"heron"})
	check(codeDigits, true, Code, LinkSentence, Bare, "482133")
	check(codeDigits, false, Code, LinkSentence, Bare, "482133482133", "48a3")
	check(codeGroups, true, Code, LinkSentence, Bare, "8f3k-29dm")
	check(codeGroups, false, Code, LinkSentence, Bare, "482133", "8f3k")
	check(codeOther, true, Code, LinkSentence, Bare, "heron")
	check(codeOther, false, Code, LinkSentence, Bare, "8f3k-29dm", "4821")
	for _, kind := range []Kind{Key, PlainKey} {
		check(keyRandom, true, kind, LinkAssign, Quoted, "q8Zr4Tb1Xw6Pn3Lc9Vd2")
		check(keyOther, true, kind, LinkAssign, Quoted, "heron", "q8Zr4Tb1")
	}
	check(keyOther, false, Token, LinkAssign, Quoted, "heron")
	check(tokenRandom, true, Token, LinkAssign, Quoted, "q8Zr4Tb1Xw6Pn3Lc9Vd2")
	check(tokenRandom, false, Token, LinkAssign, Quoted, "heron", "db-01")
	check(tokenWord, true, Token, LinkAssign, Quoted, "heron")
	check(tokenNumber, true, Token, LinkAssign, Quoted, "4821")
	check(sessionRandom, true, Session, LinkCookie, Argument, "q8Zr4Tb1Xw6Pn3Lc9Vd2")
	check(sessionRandom, false, Session, LinkCookie, Argument, "heron")
	for _, link := range []Link{LinkNear, LinkAdjacent, LinkSentence, LinkPair} {
		check(weakLinkWord, true, Password, link, Bare, "heron")
	}
	check(weakLinkWord, false, Password, LinkFlag, Bare, "heron")
}
