package secret

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

func TestCommands(t *testing.T) {
	checkRows(t, LinkCommand,
		"mysql -u root -p'«Mosspond#204»' db", "sudo mysql -p«Mosspond#204»", "/usr/bin/mysqldump --all -p«Mosspond#204» > x",
		"sshpass -p «Mosspond#204» ssh ops@example.com", "sshpass -p«Mosspond#204» ssh x", "cd x && sshpass -p \"«heron latch 42»\" ssh x",
		`bash -c "sshpass -p '«Mosspond#204»' ssh x"`, "sshpass \\⏎  -p «Mosspond#204» ssh x", `{"cmd": "sshpass -p «Mosspond#204» ssh x"}`,
		"psexec \\\\host -u ops -p «Mosspond#204» cmd", "net.exe use x: \\\\host\\share «Mosspond#204»",
		"gh secret set DB --body=«Mosspond#204»", "kubectl create secret generic x --from-literal=pw='«Mosspond#204»'",
	)
	checkNone(t,
		"mysql -p db", "mysql -u root -p", "mysql -p$PW", "mysql --port 3306", "mkdir -p out/204x", "cd login && mkdir -p dist/assets204", "sshpass -f file204x ssh", "sshpass -p $PW ssh",
		"sshpass -p \"$(cat pw)\" ssh x", "xsshpass -p Mosspond#204", "a=sshpass -p x", "set the table204 x", "open file204x -u a", "aws s3 cp file204x x",
		"docker run -p 8080:80 x", "vault kv get secret/db204", "git config user.name heron204x", "sshpass", "sshpass ", "sshpass -p",
	)
}

// TestCommandBounds reaches the bounds of the arguments in number and in bytes.
func TestCommandBounds(t *testing.T) {
	found := func(between string) bool {
		var r Reader
		read(&r, text.View{Text: "sshpass " + between + " -p Mosspond#204 ssh x"})
		return len(r.Found) > 0
	}
	require.True(t, found(strings.Repeat("x ", argumentsMax-4)))
	require.False(t, found(strings.Repeat("x ", argumentsMax)))
	require.True(t, found(strings.Repeat("x", commandMax/2)))
	require.False(t, found(strings.Repeat("x", commandMax)))
}

// commandExamples are commands with their secrets. Each row of the table detects one of them.
var commandExamples = []string{
	"mysql -uroot -p«Mosspond#204» db",
	"credstash put shop.db «Mosspond#204» -r eu-west-1", "keyctl add user vault «Mosspond#204» @u", "echo «Mosspond#204» | keyctl padd user vault @u",
	"swaks --to kim@example.com -au kim -ap «Mosspond#204» --server mx1", "ejabberdctl register kim chat.example.com «Mosspond#204»",
	"samba-tool user create kim «Mosspond#204» --must-change-at-next-login", "emqx_ctl users add kim «Mosspond#204»", "drush user:password kim «Mosspond#204»",
	"cloudflared service install «Mosspond#204»", "ikev1 pre-shared-key «Mosspond#204»", "add-user.sh -u kim -p «Mosspond#204»",
	"tkprof ora_12.trc out.txt explain=hr/«Mosspond#204» sort=exeela", "composer config --global http-basic.repo.example.com kim «Mosspond#204»",
	"/msg NickServ IDENTIFY «Mosspond#204»", "SqlPackage /Action:Export /su:kim /sp:«Mosspond#204» /tf:shop.bacpac",
	`kubectl patch secret web -p '{"data":{"blob":"«TW9zc3BvbmQjMjA0»"}}'`, "chkpasswd kim «Mosspond#204»",
	"chamber write shop db «Mosspond#204»",
	"sshpass -p «Mosspond#204» ssh x",
	"cqlsh -u ops -p «Mosspond#204» db",
	"netexec smb 10.0.0.1 -u ops -p «Mosspond#204»",
	"mosquitto_pub -h x -P «Mosspond#204» -t a",
	"unzip -P «Mosspond#204» a.zip",
	"set password «Mosspond#204»", "setx DB_PASSWORD «Mosspond#204»",
	"7z x -p«Mosspond#204» a.7z",
	"unrar x -p«Mosspond#204» a.rar",
	"redis-cli -h x -a «Mosspond#204» ping",
	"ldapsearch -D cn=x -w «Mosspond#204» -b y",
	"ssh-keygen -t ed25519 -N '«Mosspond#204»' -f x",
	"openssl enc -aes-256-cbc -k «Mosspond#204» -in x",
	"openssl passwd -6 «Mosspond#204»",
	"htpasswd -cb users ops «Mosspond#204»",
	"smbclient //host/share -U ops%«Mosspond#204»",
	"wbinfo -a ops%«Mosspond#204»",
	"rabbitmqctl add_user ops «Mosspond#204»",
	"net user ops «Mosspond#204» /add",
	"net use x: \\\\host\\share «Mosspond#204»",
	"cmdkey /add:host /user:ops /pass:«Mosspond#204»",
	"schtasks /create /ru ops /rp «Mosspond#204» /tn x",
	"xfreerdp /v:host /u:ops /p:«Mosspond#204»",
	"lftp -u ops,«Mosspond#204» host",
	"curl -u ops:«Mosspond#204» https://example.com",
	"http -a ops:«Mosspond#204» example.com",
	"sqlplus ops/«Mosspond#204»@db",
	"docker login -u ops -p «Mosspond#204» registry.example.com",
	"cf auth ops «Mosspond#204»",
	"vault login «Mosspond#204»",
	"vault kv put secret/db password=«Mosspond#204»", "vault write secret/db value=«Mosspond#204»",
	"ngrok authtoken «4f9d2c7be1a85630Qx»",
	"gh secret set DB --body «Mosspond#204»",
	"aws ssm put-parameter --name db --value «Mosspond#204»",
	"aws secretsmanager create-secret --name db --secret-string «Mosspond#204»",
	"aws configure set aws_secret_access_key «q8Zr4Tb1Xw6Pn3Lc9Vd2Yk»",
	"aws iam create-login-profile --user-name ops --password «Mosspond#204»",
	"az keyvault secret set --name db --value «Mosspond#204»",
	"az webapp config appsettings set --settings DB_PASSWORD=«Mosspond#204»",
	"echo «Mosspond#204» | gcloud secrets create db --data-file=-",
	"kubectl create secret generic db --from-literal=pw=«Mosspond#204»",
	"etcdctl --user ops:«Mosspond#204» get x",
	"etcdctl put /db/password «Mosspond#204»",
	"npm config set //registry.example.com/:_authToken «4f9d2c7be1a85630Qx»",
	"poetry config http-basic x ops «Mosspond#204»",
	"composer config http-basic.repo ops «Mosspond#204»",
	"security add-generic-password -a ops -s x -w «Mosspond#204»",
	"secret-tool store --label=x <<< «Mosspond#204»",
	"nmcli dev wifi connect net1 password «Mosspond#204»",
	"wpa_passphrase net1 «Mosspond#204»",
	"networksetup -setairportnetwork en0 net1 «Mosspond#204»",
	"plink -ssh ops@host -pw «Mosspond#204»",
	"ansible-vault encrypt_string '«Mosspond#204»' --name db",
	"rclone obscure «Mosspond#204»",
	"rclone config create x s3 secret_access_key «q8Zr4Tb1Xw6Pn3Lc9Vd2Yk»",
	"mkpasswd «Mosspond#204»",
	"slappasswd -s «Mosspond#204»",
	"snmp-server community «Mosspond#204» ro",
	"tacacs-server key «Mosspond#204»",
	"username ops password «Mosspond#204»",
	"crypto isakmp key «Mosspond#204» address 10.0.0.1",
	"neighbor 10.0.0.1 password «Mosspond#204»",
	"key-string «Mosspond#204»",
	"useradd -p «Mosspond#204» ops",
	"iscsiadm -m node -o update -n node.session.auth.password -v «Mosspond#204»",
	"snmpget -v3 -u ops -A «Mosspond#204» host",
	"qpdf --encrypt «Mosspond#204» «Heron-Latch42» 256 -- a.pdf b.pdf",
	"pdftk a.pdf output b.pdf user_pw «Mosspond#204»",
	"chamber write svc db_password «Mosspond#204»",
	"fly secrets set DB_PASSWORD=«Mosspond#204»",
	"netlify env:set DB_PASSWORD «Mosspond#204»",
	"pulumi config set --secret dbpw «Mosspond#204»",
	"pulumi config set db_password «Mosspond#204»",
	"echo «Mosspond#204» | wrangler secret put DB",
	"echo «Mosspond#204» | gpg --batch --passphrase-fd 0 -d x",
	"echo «Mosspond#204» | openssl enc -pass stdin -in x",
	"echo «Mosspond#204» | sudo -S true",
	"echo «Mosspond#204» | passwd ops",
	"echo ops:«Mosspond#204» | chpasswd",
	"echo «Mosspond#204» | smbpasswd -s -a ops",
	"echo «Mosspond#204» | kinit ops",
	"ConvertTo-SecureString '«Mosspond#204»' -AsPlainText -Force",
	"caddy hash-password --plaintext «Mosspond#204»",
	"bitcoin-cli walletpassphrase «Mosspond#204» 60",
	"argon2 «Mosspond#204»",
	"winscp /password=«Mosspond#204» x",
	"echo «Mosspond#204» | vault kv put x -",
	"snmp-server host db version 2c «Mosspond#204»",
	"snmp-server user ops G v3 auth sha «Mosspond#204» priv aes 128 «Heron-Latch42»", "snmp-server user ops G v3 auth sha «Mosspond#204»",
	"snmp-server user ops G v3 priv aes 128 «Mosspond#204»", "snmp-server user ops G v3 priv des «Mosspond#204»",
	"signtool sign /f a.pfx /p «Mosspond#204» a", "steamcmd +login ops «Mosspond#204» +quit", "redis-cli auth «Mosspond#204»", "redis-cli acl setuser ops '>«Mosspond#204»'", "radtest ops «Mosspond#204» db 0 «Heron-Latch42»",
	"ntp authentication-key 1 md5 «Mosspond#204»", "psexec.py x/ops:«Mosspond#204»@db", "curl -U ops:«Mosspond#204» x", "glab variable set A_TOKEN «Mosspond#204»", "akeyless create-secret --value=«Mosspond#204»",
	"bundle config x ops:«Mosspond#204»", "echo «Mosspond#204» | gcloud secrets create x", "etcdctl --user=ops:«Mosspond#204» get x", "consul kv put a/password «Mosspond#204»",
	"echo «Mosspond#204» | gpg --batch -c x", "echo «Mosspond#204» | saslpasswd2 -p ops",
	"snmp-agent community read cipher «Mosspond#204»",
	"ip ospf message-digest-key 1 md5 «heronlatch»",
	"server-private db key «Mosspond#204»", "vrrp 1 authentication text «Mosspond#204»", "wpa-psk ascii 0 «Mosspond#204»", "local-user ops password cipher «Mosspond#204»",
	"set a plain-text-password-value \"«heronlatch»\"", "set a pre-shared-key ascii-text \"«Mosspond#204»\"", "set a radius-server db secret \"«Mosspond#204»\"", "set snmp community «Mosspond#204»",
	"isis password «Mosspond#204»", "ip ospf authentication-key «heronlatch»", "set a authentication md5 1 key \"«Mosspond#204»\"", "area-password «Mosspond#204»", "rootpw --plaintext «heronlatch»",
	"db2 connect to x user ops using «heronlatch»", "db2 connect to x user ops using a new «Heron-Latch42»", "db2 connect to x user ops using a confirm «Mosspond#204»",
	"connect to x user ops using «heronlatch»", "connect ops/«Mosspond#204»@db", "conn ops/«Mosspond#204»", "conn sys/«Mosspond#204» as sysdba",
	"kadmin -p a/admin -w «heronlatch» -q x", "yubico-piv-tool -a verify-pin -P «574354» -a x", "ykman piv x -P «574354»", "ykman oath accounts add x «Heron204Latch»",
	"gpg-preset-passphrase -P «Mosspond#204»", "oathtool --totp -b «JBXWY3DPEB3W64TM»", "reg add a /v DefaultPassword /t REG_SZ /d «Mosspond#204» /f", "Set-ItemProperty -Name DefaultPassword -Value «Mosspond#204»",
	"doppler secrets set A_TOKEN «Mosspond#204» -p x", "echo «Mosspond#204» | wg pubkey", "script -qc 'su - ops' x <<< '«Mosspond#204»'", "mkpasswd -m sha-512 «Mosspond#204»",
	"oc create secret generic db --from-literal=x=«Heron-Latch42»", "knife winrm x -P «Heron-Latch42» -x ops", "steghide extract -sf a.jpg -p «Mosspond#204»", "bw unlock «Mosspond#204» --raw", "bw login ops@corp.example «Mosspond#204»", "poetry config http-basic.corp ci «Heron-Latch42»",
	"mc alias set m https://s3.corp.example admin «Mosspond#204»", "mc admin user add m ops «Mosspond#204»", "op item create --category login username=ops password=«Raven.Meadow@85»",
	"cargo login «Mosspond#204»", "dscl . -passwd /Users/ops «Mosspond#204»", "bteq .logon td/app,«Heron-Latch42»", "gh secret set X -b'«Mosspond#204»'",
	"openconnect -u ops --passwd-on-stdin v <<< '«Mosspond#204»'", "elasticsearch-reset-password -u elastic -i <<< '«Mosspond#204»'", "elasticsearch-keystore add xpack.password -x <<< '«Mosspond#204»'",
}

// foundByCommands reports whether a command or the input of one has all its values as secrets.
func foundByCommands(row string) bool {
	in, want := marked(row)
	accepted := map[string]bool{}
	var r Reader
	for _, d := range read(&r, text.View{Text: in}) {
		if d.Accepted && (d.Link == linkNames[LinkCommand] || d.Link == linkNames[LinkInput] || d.Link == linkNames[LinkObject]) {
			accepted[in[d.Start:d.End]] = true
		}
	}
	for _, value := range want {
		if !accepted[value] {
			return false
		}
	}
	return len(want) > 0
}

// TestCommandRows checks that each row of the table alone detects the secret of an example, and
// that all examples are detected with the complete table.
func TestCommandRows(t *testing.T) {
	rows, table := commandRows, commandTable
	for _, example := range commandExamples {
		require.True(t, foundByCommands(example), example)
	}
	t.Cleanup(func() { commandRows, commandTable = rows, table })
	commandTable = nil
	var ofRows []string // the examples that are found only by a row
	for _, example := range commandExamples {
		if !foundByCommands(example) {
			ofRows = append(ofRows, example)
		}
	}
	for _, row := range rows {
		commandRows = []string{row}
		commandTable = buildCommands()
		found := false
		for _, example := range ofRows {
			found = found || foundByCommands(example)
		}
		require.True(t, found, "no example of the row %s", row)
	}
}

// TestCommandTable checks the form of the table's names and options.
func TestCommandTable(t *testing.T) {
	for _, name := range CommandNames() {
		require.Equal(t, strings.ToLower(name), name)
		for _, c := range commandTable[name] {
			require.True(t, c.reads || len(c.options) > 0, name)
			for _, o := range c.options {
				require.True(t, o.flag != "" || o.place != 0, name)
			}
		}
	}
	require.Equal(t, []string{"az"}, shortCommands["keyvault"])
	require.Contains(t, shortCommands["login"], "cf")
}

func TestParseOption(t *testing.T) {
	for spec, want := range map[string]option{
		"-p*":                {flag: "-p", attached: true},
		"-p=":                {flag: "-p", apart: true},
		"-p+":                {flag: "-p", attached: true, apart: true},
		"-u=:":               {flag: "-u", apart: true, part: ":"},
		"/pass:*":            {flag: "/pass:", attached: true},
		"#2":                 {place: 2},
		"#-1":                {place: -1},
		"#2?":                {place: 2, named: true},
		"#any/":              {place: placeAny, part: "/"},
		"#share":             {place: placeAny, part: `\`},
		"k=v":                {place: placeAny, part: "=", apart: true},
		"k=v?":               {place: placeAny, part: "=", apart: true, named: true},
		"--from-literal=k=v": {flag: "--from-literal", apart: true, part: "="},
	} {
		require.Equal(t, want, parseOption(spec), spec)
	}
	require.Panics(t, func() { parseOption("-p") })
}

func TestArguments(t *testing.T) {
	check := func(in, rest string, want ...string) {
		t.Helper()
		r := Reader{View: text.View{Text: in}}
		args, stop := arguments(&r, nil, 0)
		var got []string
		for _, a := range args {
			got = append(got, in[a.start:a.end])
		}
		require.Equal(t, want, got, in)
		require.Equal(t, rest, in[stop:], in)
	}
	check("a b", "", "a", "b")
	check(`a "b c" 'd e'`, "", "a", "b c", "d e")
	check(`--x="b c" d`, "", `--x="b c"`, "d")
	check("a | b", "| b", "a")
	check("a && b", "&& b", "a")
	check("a; b", "; b", "a")
	check("a <<< b", "<<< b", "a")
	check("a > b", "> b", "a")
	check("a\nb", "b", "a")
	check("a \\\n b", "", "a", "b")
	check(`a b" c`, "", "a", "b", "c")
	check("", "")
	check("$(a) b", ") b", "$(a")
}

// TestManyCommands checks that the arguments of commands within arguments are read a bounded
// number of times.
func TestManyCommands(t *testing.T) {
	var r Reader
	n := 0
	r.Explain = func(Decision) { n++ }
	for _, size := range []int{200, 400} {
		in := strings.Repeat("sshpass ", size) + "-p Mosspond#204"
		n = 0
		read(&r, text.View{Text: in})
		require.LessOrEqual(t, n, 8, fmt.Sprint(size))
	}
}
