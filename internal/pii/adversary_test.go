package pii_test

// adversaries are texts that, repeated, make careless scanners read the same bytes over and over.
var adversaries = []string{
	"a", "a.", "@", "a@", "a@b.", "1-", "1.", "1 ", "12 ", "1234 ", "123456789 ", "+1", "(1", "-", "_", "=", ":", "::", "1:", "a:", "://", "a://",
	"http://a:b", "password=", `password="`, `password=\"`, "password='password=", "password is ", "token: ", "key", "sk-", "api_", "ghp_",
	"sk-a1", "eyJ", "eyJ.", "eyJ-", "eyJhbGciOiJIUzI1NiJ9.", "-----BEGIN ", "-----BEGIN RSA PRIVATE KEY-----", "-----END ", "GB82 ", "GB82",
	"AKIA", "xoxb-", "SG.", "[", "{", "[REDACTED", "[REDACTED_EMAIL]", "[REDACTED_", `\`, `\n`, `\"`, `"`, "phone 1", "call ", "-u ", "--password ",
	"<password>", "bearer ", "Q~", "4111 1111 1111 1111 ", "4111", "é", "\xff", "{\"a\":", "[[\"", `"\\`, ",\"",
}
