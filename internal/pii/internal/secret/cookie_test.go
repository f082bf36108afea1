package secret

import (
	"strings"
	"testing"
)

func TestCookies(t *testing.T) {
	checkRows(t, LinkCookie,
		"Cookie: theme=dark; sid=«q8Zr4Tb1Xw6Pn3Lc9Vd2»",
		"Set-Cookie: session=«q8Zr4Tb1Xw6Pn3Lc9Vd2»; Path=/",
		`-H "Cookie: a=1; token=«q8Zr4Tb1Xw6Pn3Lc9Vd2»"`,
	)
	checkFound(t, strings.Repeat("__Host-a=1; ", cookiesMax)+"__Host-b=«q8Zr4Tb1Xw6Pn3Lc9Vd2»", "NID=«q8Zr4Tb1Xw6Pn3Lc9Vd2»; __Secure-a=1")
	checkNone(t, "Cookie: theme=dark; lang=en", "cookie policy: accept=all", "cookies: 12", "Cookie: "+strings.Repeat("a=1; ", cookiesMax))
}

func TestSessionHeaders(t *testing.T) {
	checkRows(t, LinkHeader, "X-Session-Id: «q8Zr4Tb1Xw6Pn3Lc9Vd2»", "curl -H 'X-Session-Id: «q8Zr4Tb1Xw6Pn3Lc9Vd2»'")
	checkNone(t, "session id: 12", "X-Session-Id: 12")
}

func TestHashes(t *testing.T) {
	const hash = "rounds=5000$saltsalt$q8Zr4Tb1Xw6Pn3Lc9Vd2/Yk"
	checkFound(t, "root:«$6$"+hash+"»:19000:0", "«$2b$12$q8Zr4Tb1Xw6Pn3Lc9Vd2YkTb1Xw6Pn3Lc9Vd2Yk.»")
	checkNone(t, "cost $6", "$6$abc", "$0$q8Zr4Tb1Xw6Pn3Lc9Vd2Yk", "$PATH$q8Zr4Tb1Xw6Pn3Lc9Vd2Yk", "$")
}

func TestSeedPhrases(t *testing.T) {
	const words = "able acid also arch army away baby ball band bank bark barn"
	checkFound(t, "mnemonic: «"+words+"»", "my seed phrase is «"+words+"»", "recovery phrase: «"+words+"»")
	checkNone(t, "mnemonic: able acid also arch", "the phrase "+words, "mnemonic: 1 2 3")
}
