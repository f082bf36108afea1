package secret

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInputs(t *testing.T) {
	checkRows(t, LinkInput,
		"echo «Mosspond#204» | docker login -u ops --password-stdin",
		"printf '«Mosspond#204»' | sudo -S apt update",
		"echo -n '«4f9d2c7be1a85630»' | gh auth login --with-token",
		"echo 'ops:«Mosspond#204»' | chpasswd",
		"echo «Mosspond#204» | tr -d x | passwd --stdin ops",
		`echo -e "«Mosspond#204»\n«Heron-Latch42»" | passwd ops`,
		"echo «Mosspond#204» > db_password.txt",
		"echo «Mosspond#204» >> /run/secrets/db",
		"gh secret set DB <<< «Mosspond#204»",
		"cryptsetup open /dev/sda x <<< '«Mosspond#204»'",
		"tool --password-file <(echo «Mosspond#204»)",
		"echo «Mosspond#204» | tool --from /dev/stdin",
	)
	checkNone(t,
		"echo Mosspond#204", "echo Mosspond#204 | grep x", "echo Mosspond#204 > notes.txt", "echo $DB_PASSWORD | docker login --password-stdin",
		"printf '%s' \"$PW\" | passwd", "printf 'Mosspond%s' | passwd", "echo Mosspond#204 || passwd", "cat x <<< Mosspond#204", "echo | passwd", "tool --file <(echo Mosspond#204)",
	)
}

func TestSecretFiles(t *testing.T) {
	for path, want := range map[string]bool{
		"db_password.txt": true, ".vault_token": true, "/run/secrets/x": true, "api-key.pem": true, "notes.txt": false, "": false, "/": false, "tokens/list.txt": false, "public_key.pem": false,
	} {
		require.Equal(t, want, isSecretFile(path), path)
	}
}
