package secret

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

func TestAssignments(t *testing.T) {
	checkRows(t, LinkAssign,
		`if ok { password = "«Mosspond#204»" }`,
		`x, password := "«Mosspond#204»"`,
		`{ const apiKey = '«4f9d2c7be1a85630»'`,
		`the **password**: **«Mosspond#204»**`,
	)
	checkFound(t, `var token string = "«4f9d2c7be1a85630»"`, `let password = "«Mosspond#204»";`)
	checkRows(t, LinkTight, "x password:«Mosspond#204»", `x password="«Mosspond#204»"`)
	checkNone(t,
		"password = getPassword()", "password := os.Getenv(\"PW\")", "password = user.password", "token = data['token']", "password = None", "password: string",
		"PWD=/home/ops/project", "OLDPWD=/srv/heron204", "--- PASS: TestLogin204 (0.00s)", `label "Password:" x`, "password =", "key = 1", "sort_key: name_204x",
		"arn:aws:secretsmanager:eu:1:secret:Heron204x",
	)
}

func TestEnvironmentVariables(t *testing.T) {
	checkRows(t, LinkEnv,
		"DB_PASSWORD=«Mosspond#204» ./run",
		"export db_password=«Mosspond#204»",
		"docker run -e db_password=«Mosspond#204» db",
		"set api_token=«4f9d2c7be1a85630»",
		`$env:SMTP_PASSWORD='«Mosspond#204»'`,
		`Environment="DB_PASSWORD=«Mosspond#204»"`,
		`ENV API_TOKEN=«4f9d2c7be1a85630»`,
	)
	checkNone(t, "export DB_PASSWORD=$DB_PASSWORD", "docker run -e API_TOKEN=${API_TOKEN} x", "DB_PASSWORD=", "DB_PASSWORD=changeme-please", "MAX_TOKENS=4096x")
}

func TestSettings(t *testing.T) {
	checkRows(t, LinkSetting,
		"user: ops⏎password: «Mosspond#204»⏎",
		"- password: «Mosspond#204» # of the database",
		"[db]⏎password = «Moss;pond204»⏎x",
		"password: |⏎  «Mosspond#204»⏎next: 1",
	)
	checkNone(t, "password: |⏎", "password: required⏎", "⏎password: the one of the vault⏎", "key: value⏎")
}

func TestMembers(t *testing.T) {
	checkRows(t, LinkMember, `{"password": "«Mosspond#204»"`, `{"user": {"api_token": "«4f9d2c7be1a85630»"}`, `{'client_secret': '«4f9d2c7be1a85630»'}`)
	checkNone(t, `{"password": null`, `{"password": "string"`, `{"page_token": "4f9d2c7be1a85630"`)
}

func TestQueries(t *testing.T) {
	checkRows(t, LinkQuery,
		"https://example.com/x?token=«4f9d2c7be1a85630»&n=1",
		"https://example.com/x?n=1&api_key=«4f9d2c7be1a85630»",
		"Server=db;User=ops;password=«Mosspond#204»;Pooling=1",
		"host=db user=ops password=«Mosspond#204» sslmode=off",
		"Server=db;password={«Moss;pond#204»};",
	)
	checkNone(t, "https://example.com/x?page_token=4f9d2c7be1a85630", "https://example.com/x?key=name", "Server=db;password=<password>;")
}

func TestSchemes(t *testing.T) {
	checkFound(t,
		"Authorization: Bearer «4f9d2c7be1a85630»",
		`"Authorization": "Basic «b3BzOk1vc3Nwb25k»"`,
		"X-Api-Key: «4f9d2c7be1a85630»",
	)
	checkNone(t, "Authorization: Bearer $TOKEN", "Authorization: Bearer <token>", "Authorization: required")
}

func TestPair(t *testing.T) {
	checkRows(t, LinkCall, `requests.get(url, auth=("ops", "«Mosspond#204»"))`)
	checkNone(t, `auth=(user, password)`, `auth=("ops", get_password())`)
}

// TestKeyed checks texts that are the value of their key, for each way in which a text gets one.
func TestKeyed(t *testing.T) {
	check := func(want bool, how text.Link, link Link, key, in string) {
		t.Helper()
		var r Reader
		decisions := read(&r, text.View{Text: in, Key: key, Link: how})
		require.Equal(t, want, len(r.Found) > 0, "%s: %s", key, in)
		if want {
			require.Equal(t, linkNames[link], decisions[0].Link)
			require.True(t, decisions[0].Accepted)
		}
	}
	check(true, text.LinkKey, LinkKey, "db_password", "Mosspond#204")
	check(true, text.LinkKey, LinkKey, "Authorization", "Bearer 4f9d2c7be1a85630")
	check(true, text.LinkSibling, LinkSibling, "Password field", "Mosspond#204")
	check(true, text.LinkColumn, LinkColumn, "Password", "Mosspond#204")
	check(true, text.LinkArgument, LinkList, "password", "Mosspond#204")
	check(true, text.LinkSecretObject, LinkObject, "anything", "Q2xpZmYuU3BhcnJvdy04")
	long := strings.Repeat("q8Zr4Tb1-Xw6Pn3Lc9Vd2.", keyedMost/22)
	check(true, text.LinkKey, LinkKey, "db_password", long)
	check(false, text.LinkKey, 0, "db_password", long+long)
	check(false, text.LinkKey, 0, "", "Mosspond#204")
	check(false, text.LinkKey, 0, "db_password", "")
	check(false, text.LinkKey, 0, "db_password", "${DB_PASSWORD}")
	check(false, text.LinkKey, 0, "file_name", "Mosspond#204")
	check(false, text.LinkKey, 0, "Password field", "the field at the top of the form")
	check(false, text.LinkSibling, 0, "Password policy", "Mosspond#204")
	check(false, text.LinkSecretObject, 0, "anything", "$(DB_PASSWORD)")
}
