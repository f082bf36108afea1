package secret

import "testing"

func TestSubstitutions(t *testing.T) {
	checkRows(t, LinkInput,
		`tool --password-command "echo '«heron latch 42»'" -x`, "tool --passwordeval='echo «heronlatch»' list", `tool --ldap_password_cmd="echo -n «Mosspond#204»"`,
		"gocryptfs -extpass 'echo «Mosspond#204»' a b", `passwordeval "echo «Mosspond#204»"`, "tool --key-file <(echo «Mosspond#204»)", "tool --passfile <(printf '«Mosspond#204»')",
		"gcloud secrets versions add x --data-file=<(printf '«Mosspond#204»')", "cryptsetup luksAddKey /dev/sda <(echo «Mosspond#204»)", "DB_PASSWORD=$(echo «Mosspond#204»)", `tool --token "$(printf «Mosspond#204»)"`,
		"yes '«Mosspond#204»' | head -2 | passwd ops", "script -qc 'su - ops' /dev/null <<< '«Mosspond#204»'", "echo «Mosspond#204» | wg pubkey", "echo «Mosspond#204» | xfreerdp /from-stdin",
	)
	checkNone(t,
		`tool --password-command "pass show heron204x"`, `tool --filter-command "echo heron204x"`, "diff --text <(echo heron204x) b", "DB_NAME=$(echo heron204x)", "gcloud builds submit --config=<(echo heron204x)",
		"oh yes heron204x | passwd", "yes heron204x | head", `"echo heron204x"`, "<(echo heron204x)", "tool --key-file <(echo)",
	)
}
