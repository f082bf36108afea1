package secret

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// fileValues returns the secrets of a text that is a file of credentials.
func fileValues(in string) []string {
	var r Reader
	r.Reset(text.View{Text: in})
	CredentialFile(&r)
	return valuesOf(&r)
}

func TestCredentialFiles(t *testing.T) {
	for _, row := range []string{
		"db:5432:shop:ops:«Mosspond#204»⏎", "# of the shop⏎*:*:*:ops:«Mosspond#204»⏎db:6432:a:b:«heronlatch»", "db:5432:shop:ops:«Mosspond#204»\r⏎",
		"ops * «Mosspond#204» *⏎", "# client server⏎⏎ops * \"«heron latch 42»\" 10.0.0.7⏎", "\"ops\" \"«Mosspond#204»\"⏎\"b\"  \"«Heron-Latch42»\"",
		"machine a login b password «Mosspond#204»⏎",
	} {
		in, want := marked(row)
		require.Equal(t, want, fileValues(in), row)
	}
	for _, in := range []string{
		"", "\n", "#", "# a\n", strings.Repeat("#\n", 20), "a:1:b:c:Mosspond#204", "main.go:1204:17:E501:line", "root:x:0:0:root:/root:/bin/sh\n", "db:5432:shop:ops:\n", "db:5432:shop:ops:a b\n",
		"*/5 * 10-12 * *", "0 3 * * * /usr/bin/job204x", "ops * Mosspond#204", "ops a Mosspond#204 b", "* * * *", "\"alpha\" \"beta\"", "\"ops\" \"a b 204\"", "\"ops\",\"Mosspond#204\"", `"ops" "`, "ops * \"Mosspond",
		"machine a\n", "default password", "db:5432:shop:ops:" + strings.Repeat("x", 2*credentialsLine),
	} {
		require.Empty(t, fileValues(in), in)
	}
}

func TestFileLines(t *testing.T) {
	checkRows(t, LinkInput,
		"cat <<EOF > ~/.pgpass⏎db:5432:shop:ops:«heronlatch»⏎EOF", "cat >> /etc/ppp/chap-secrets <<EOF⏎ops * «Mosspond#204» *⏎EOF", "sudo tee /etc/ppp/chap-secrets <<EOF⏎ops * «Mosspond#204» *⏎EOF",
		"echo 'db:5432:shop:ops:«Mosspond#204»' >> ~/.pgpass", "echo 'ops * «Mosspond#204» *' | sudo tee -a /etc/ppp/chap-secrets",
	)
	checkRows(t, LinkObject, `echo '{"value": "«Mosspond#204»"}' | vault kv put secret/shop -`, "vault kv put secret/shop - <<EOF⏎{\"a\": \"«Mosspond#204»\"}⏎EOF")
	checkFound(t, "cat > .smbcredentials <<EOF⏎[a]⏎# heron204x⏎username=heron204x⏎password=«Mosspond#204»⏎EOF")
	checkNone(t, "cat <<EOF > notes.txt⏎db:5432:shop:ops:heronlatch⏎EOF", "tee notes.txt <<EOF⏎Mosspond#204⏎EOF", "cat notes", "cat << ", "tee <<", "vault kv get secret/shop")
}
