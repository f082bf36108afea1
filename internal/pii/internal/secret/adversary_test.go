package secret

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// adversaries are texts that, repeated, make a careless reader read the same bytes over and over.
var adversaries = []string{
	"password ", "password is ", "the password for ", "password=", "password:", `password="`, `password='`, `password=\"`, "password,", "password;", "password\t", "password|", "password  x\n",
	"a,password,b\n", "password,a\n1,", "| Password |\n", "USER  PASSWORD\n", "passwords:\n- ", "recovery codes:\n", "codes: a1b2c3d ", "password\n", "INSERT INTO t (password,", "(password,a) values (",
	"mysql mysql ", "mysql -p", "sshpass -p ", "sshpass ", "sudo -S ", "echo a | ", "echo a|sudo ", "echo ", "net user ", "curl -u a:", "-u a:", "--password ", "-p ", "vault kv a=b ", "gh secret set <<<",
	"data:\n", "kind: Secret\ndata:\n", "data:\n  a: b\n", "stringData: {a: b}\n", "---\n", "data: {", "set ", "set password ", "username a password ", "setx A_KEY ",
	"cookie: a=b; ", "cookie:", "Cookie: a=", "$6$a", "$6$", "x-session-id: ", "mnemonic ", "mnemonic able acid ", "seed phrase ", "bearer ", "identified by ", "identified by '", "ENV A_KEY ",
	"<password>", "<a><b>", "<th>password</th>", "<tr><th>password</th>", "<td>", `<a key="password">`, "<key>password</key><string>", `name="password" value=`, "variable \"a\" default=",
	`"password",`, `"password","`, `fill("#password",`, `setpassword("`, `setpassword("a",`, `mysqli("a","a",`, `.fill("`, "password.fill(", "send ", `send "`, `("a", "`, "auth=(",
	"echo a|tee ", "tee <<a\n", "cat a > b <<c\n", "cat a>", "<(echo a", "--key-file <(echo a ", "--password-command \"echo ", "--password-command 'echo a' ", "yes a|", "$(echo a",
	"a:5432:b:c:d\n", "a * b *\n", "\"a\" \"b1\"\n", "machine a\n", "# a\n", "chpasswd:\n list:\n  a:b1c2d3\n", "chpasswd:\n", "chpasswd: {list: [", "chpasswd: {list: [\"a:b1c2d3\",", "key 7 ", "radius\nkey b1c2d3\n", "NTLM : ", "ftp> user a ", "jsonencode({", "secret=jsonencode({a=\"b1c2d3\"", "/bot12345678:a/getme", "[a]:1 b:c1d2e3\n", "a=echo ", "USER a\nPASS b\n", "PASS b1c2d3\n", "user a / pass ", "A1 LOGIN a b1c2d3\n", "login 'a' '",
	"AUTH LOGIN a ", "AUTH b1c2d3\n", "ACL SETUSER a >b1c2d3 ", "setuser >b1c2d3 ", "setuser ", ": EAP \"", "USERID=a/b1c2d3 ", "exec sp_password 'b1c2d3','b1c2d3',", "basic(", "login(a,", "login(a, \"", "connect(a,(", "pdo(\"a\",", ".Protect \"",
	"__Host-a=b; ", "secretGenerator:\n- a=b\n", "input password  x  ", "coder secret set x --value ", "sha a aes b ", "setcookie('a', 'b')", "stringData: {a: b", "['a', '-u', 'k', '-p', 'x', ", "curl -b 'a=b; ",
	"TRUE\t1\ta\tb\n", "\tTRUE\t1\ta\tb1c2d3e4f5g6h7", "resource \"kubernetes_secret\"\ndata = {\n", "data = {", "/private-", "/hooks/a1/", "/services/a1/a1/", "334 UGFzc3dvcmQ6\n", "set(\"a\", \"password\", \"", "password: await ", "snmp-server user auth sha ",
	"login ", "login a/", "login with a / ", "creds: a:", "from a to b ", "is ", "use a as the ", "as the password ", "/reset/", "/token/", "reset-password/", "password: |\n ", "- name: password\n  value: ",
	"пароль ", "пароль: ", "密码", "密码是", "密码是「", "“", "「", "password“", "password is “", `\`, `"`, "'", "`", "{{", "${", "[", "aA1 ", "key ", "key=", "a.b.c=", "PWD=/", "--- PASS: ",
}

// decisionsOf returns how many values are judged in a text of about size bytes.
func decisionsOf(r *Reader, adversary string, size int) int {
	return len(read(r, text.View{Text: strings.Repeat(adversary, size/len(adversary))}))
}

// TestDecisionsAreLinear checks that a text with four times the bytes has about four times the
// decisions: no value is judged again for each noun before it.
func TestDecisionsAreLinear(t *testing.T) {
	const size = 4 << 10
	var r Reader
	for _, adversary := range adversaries {
		one, four := decisionsOf(&r, adversary, size), decisionsOf(&r, adversary, 4*size)
		require.LessOrEqual(t, four, 5*one+64, adversary)
		require.LessOrEqual(t, four, 4*size, "%s: a decision for each byte at most", adversary)
	}
}

// workOf returns the work of a text of about size bytes.
func workOf(adversary string, size int) int {
	var r Reader
	in := strings.Repeat(adversary, size/len(adversary))
	r.Meter.StartCall(len(in))
	readAll(&r, text.View{Text: in})
	return r.Meter.Work
}

// TestWorkIsLinear checks that a text with four times the bytes has about four times the work, for the
// adversaries and for each word that begins a link. The budget is no bound here: readAll has none.
func TestWorkIsLinear(t *testing.T) {
	const size = 4 << 10
	all := slices.Clone(adversaries)
	for _, w := range Words() {
		all = append(all, w.Word+strings.TrimPrefix(w.After+" ", "*")[:1]+"a1 ")
	}
	for _, adversary := range all {
		one, four := workOf(adversary, size), workOf(adversary, 4*size)
		require.LessOrEqual(t, four, 5*one+64*workOfFeatures, adversary)
	}
}

// BenchmarkAdversary shows that the time is linear: the figures at the two sizes are the same.
func BenchmarkAdversary(b *testing.B) {
	var r Reader
	for _, adversary := range adversaries {
		for _, size := range []int{32 << 10, 128 << 10} {
			b.Run(fmt.Sprintf("%q/%dKiB", adversary, size>>10), func(b *testing.B) {
				in := strings.Repeat(adversary, size/len(adversary))
				b.SetBytes(int64(len(in)))
				for b.Loop() {
					readAll(&r, text.View{Text: in})
				}
			})
		}
	}
}
