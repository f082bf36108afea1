package pii

// Adversaries are texts that, repeated, make careless scanners read the same bytes over and over.
var Adversaries = []string{
	"a", "a.", "@", "a@", "a@b.", "1-", "1.", "1 ", "12 ", "1234 ", "123456789 ", "+1", "(1", "-", "_", "=", ":", "::", "1:", "a:", "://", "a://",
	"http://a:b", "password=", `password="`, `password=\"`, "password='password=", "password is ", "token: ", "key", "sk-", "api_", "ghp_",
	"sk-a1", "eyJ", "eyJ.", "eyJ-", "eyJhbGciOiJIUzI1NiJ9.", "-----BEGIN ", "-----BEGIN RSA PRIVATE KEY-----", "-----END ", "GB82 ", "GB82",
	"AKIA", "xoxb-", "SG.", "[", "{", "[REDACTED", "[REDACTED_EMAIL]", "[REDACTED_", `\`, `\n`, `\"`, `"`, "phone 1", "call ", "-u ", "--password ",
	"<password>", "bearer ", "Q~", "4111 1111 1111 1111 ", "4111", "é", "\xff", "{\"a\":", "[[\"", `"\\`, ",\"",
	"-p ", "-k x", "mysql -p ", "$", "$6$", "cookie:a=", "cookie: a=1; ", `password "`, "net user ", "identified by ", "mnemonic able ", "code: 1",
	"aaaaaaaaaaaaaaaaaaaa12-", "key aaaaaaaaaaaaaaaaaaaaaa12 ", "|", "12345678|", "a1b2c3d4e5f6g7h8i9j0/", "s-", "00a", "MTa.", "access_token$",
	"0171 2345678 ", "phone 12 34 56 78 ", "call 12 34 ", "1.2.3.4 ", "version 1.2.3.4 ", "update 8.8.8.8 to ", "a/b:1.2.3.4", "4111111111111111-", "id 4111111111111111 ",
	"Regards\n12 345 678\n", "DE89-3704-", "41111111 11111111 ",
	"4 / 1", "111/22/", "(12) 3", "0171/", "1//0", "passin pass:", "pin is ", "keys: ", "jelszav is ", "password*", "_password_", "密码", "パスワードは",
	"key=", "sig=", "PWD=", "password=“", "cat << ", "cat <<E > .env\n", "echo ", "printf ", "docker login -u a -p ", "openssl enc -k ", "cryptpw -p ", "hydra -p ",
	"data:\n", "kind: Secret\ndata:\n", "\"data\":{", "<tr><th>Password</th></tr>", "password|", "$ password\n", "password ```\n", "form-data; ",
	"cpf ", "cpf: is of the ", "passport a1", "passport 1", "JG 12 34 ", "1 85 05 ", "12.345.", "phone|", "phone|phone\n1|2\n", "phone,mobile\n", "|phone|\n", "(phone) values ('", "(phone) values (1), ", "(phone,",
	"account 12 ", "konto 1234 ", "53 0433 ", "--to 1", "twilio --to 4155550132", "sip:4155550132@", "work12", "called 482 913 706 ", "320 480 600 768 ", "SELECT a FROM t@b.c ", "<1234567890123456@a.bc>", `fill "`, `.type("`, `send -- "`, "WIFI:T:WPA;S:a;P:", "wifi:S:a:P:", "login a, b1 ", "__Host-a=b; ",
}
