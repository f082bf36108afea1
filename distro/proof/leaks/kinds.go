package leaks

import (
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"math/big"
	"math/rand/v2"
	"strings"
)

const (
	digits  = "0123456789"
	lower   = "abcdefghijklmnopqrstuvwxyz"
	letters = lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	alnum   = digits + letters
	hexa    = "0123456789abcdef"
	url64   = alnum + "-_"
	base62  = digits + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + lower
)

// A value is a canary: the value alone, a text that contains it, and the parts of it that
// must not survive.
type value struct {
	bare, text string
	secrets    []string
}

// A kind makes values of one kind, each a different one.
type kind struct {
	name    string
	pattern string // of internal/pii
	// text has %s where the value is.
	text string
	// contextual marks a value that only its context shows to be sensitive: places for a
	// bare value get the text.
	contextual bool
	make       func(*rand.Rand) (bare string, secrets []string)
}

// pick returns random characters with a digit and a letter, not at the ends special.
func pick(r *rand.Rand, set string, n int) string {
	b := make([]byte, n)
	for {
		for i := range b {
			b[i] = set[r.IntN(len(set))]
		}
		s := string(b)
		special := strings.ContainsAny(s[:1]+s[n-1:], "-_+/") || strings.Contains(s, "--") || strings.Contains(s, "__") || strings.Contains(s, "-_") || strings.Contains(s, "_-")
		if !special && strings.ContainsAny(s, digits) {
			return s
		}
	}
}

// prefixed is a token with a prefix and a suffix.
func prefixed(name, prefix, set string, n int, suffix string) kind {
	return kind{name: name, pattern: "api_key", text: "the agent used %s to sign in", make: func(r *rand.Rand) (string, []string) {
		s := pick(r, set, n)
		return prefix + s + suffix, []string{s}
	}}
}

// assigned is a secret that its context shows.
func assigned(name, text, set string, n int) kind {
	return kind{name: name, pattern: "secret", text: text, contextual: true, make: func(r *rand.Rand) (string, []string) {
		s := pick(r, set, n)
		return s, []string{s}
	}}
}

// number is a number whose digits are searched without their separators.
func number(name, pattern, text string, format func(*rand.Rand) string) kind {
	return kind{name: name, pattern: pattern, text: text, make: func(r *rand.Rand) (string, []string) {
		s := format(r)
		return s, []string{strings.Map(func(c rune) rune {
			if c < '0' || c > '9' {
				return -1
			}
			return c
		}, s)}
	}}
}

func digitsOf(r *rand.Rand, n int) string { return pick(r, digits, n) }

// card returns a payment card number with its check digit.
func card(r *rand.Rand, prefix string, n int) string {
	s := prefix + digitsOf(r, n-len(prefix)-1)
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return s + fmt.Sprint((10-sum%10)%10)
}

func inFours(s string) string {
	var b strings.Builder
	for i, c := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// iban returns a German account number with its check digits.
func iban(r *rand.Rand) string {
	account := digitsOf(r, 18)
	n, _ := new(big.Int).SetString(account+"131400", 10)
	return fmt.Sprintf("DE%02d%s", 98-new(big.Int).Mod(n, big.NewInt(97)).Int64(), account)
}

// checked returns a token with the checksum that GitHub and npm append.
func checked(name, prefix string) kind {
	return kind{name: name, pattern: "api_key", text: "git clone with %s failed", make: func(r *rand.Rand) (string, []string) {
		body := pick(r, alnum, 30)
		sum, tail := crc32.ChecksumIEEE([]byte(body)), ""
		for range 6 {
			tail = string(base62[sum%62]) + tail
			sum /= 62
		}
		return prefix + body + tail, []string{body}
	}}
}

func encoded(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

var kinds = []kind{
	prefixed("anthropic", "sk-ant-api03-", url64, 93, "AA"), prefixed("openai", "sk-proj-", url64, 48, ""), prefixed("aws_id", "AKIA", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, ""),
	prefixed("gcp", "AIzaSy", url64, 33, ""), prefixed("gitlab", "glpat-", url64, 20, ""), prefixed("stripe", "sk_live_", alnum, 24, ""), prefixed("huggingface", "hf_", alnum, 34, ""),
	prefixed("digitalocean", "dop_v1_", hexa, 64, ""), prefixed("databricks", "dapi", hexa, 32, ""), prefixed("shopify", "shpat_", hexa, 32, ""), prefixed("dropbox", "sl.u.", url64, 130, ""),
	prefixed("asana", "2/1200123456789/1200987654321:", hexa, 32, ""), prefixed("mailchimp", "", hexa, 32, "-us14"), checked("github", "ghp_"), checked("npm", "npm_"),
	{name: "slack", pattern: "api_key", text: "slack token %s", make: func(r *rand.Rand) (string, []string) {
		s := pick(r, alnum, 24)
		return "xoxb-" + digitsOf(r, 12) + "-" + digitsOf(r, 13) + "-" + s, []string{s}
	}},
	{name: "telegram", pattern: "api_key", text: "telegram bot token %s", make: func(r *rand.Rand) (string, []string) {
		s := pick(r, url64, 33)
		return "7" + digitsOf(r, 9) + ":AA" + s, []string{s}
	}},
	assigned("password", "run with password=%s now", alnum, 14), assigned("password_flag", "mysql -u root --password=%s -h db", alnum, 14), assigned("api_key", "api_key=%s", alnum, 32),
	assigned("aws_secret", "export AWS_SECRET_ACCESS_KEY=%s", alnum+"+/", 40), assigned("azure_storage", "AccountName=acme;AccountKey=%s==;EndpointSuffix=core.windows.net", alnum+"+/", 86),
	assigned("bearer", "curl -H 'Authorization: Bearer %s' https://api.corp.test/v1", alnum, 40), assigned("cookie", "Cookie: session=%s; theme=dark", alnum, 40),
	assigned("curl_user", "curl -u admin:%s https://x.corp.test", alnum, 16),
	{name: "jwt", pattern: "jwt", text: "token %s ok", make: func(r *rand.Rand) (string, []string) {
		payload, mac := encoded(`{"sub":"`+pick(r, lower+digits, 24)+`","exp":1900000000}`), pick(r, url64, 86)
		return encoded(`{"alg":"RS256","typ":"JWT"}`) + "." + payload + "." + mac, []string{payload[12:40], mac}
	}},
	{name: "pem", pattern: "private_key", text: "cat id_rsa: %s", make: func(r *rand.Rand) (string, []string) {
		a, b := pick(r, alnum+"+/", 64), pick(r, alnum+"+/", 64)
		return "-----BEGIN RSA PRIVATE KEY-----\n" + a + "\n" + b + "\n-----END RSA PRIVATE KEY-----", []string{a, b}
	}},
	{name: "url", pattern: "url_credential", text: "psql %s", make: func(r *rand.Rand) (string, []string) {
		s := pick(r, alnum, 18)
		return "postgres://app:" + s + "@db.corp.test:5432/prod", []string{s}
	}},
	number("visa", "credit_card", "paid with card %s today", func(r *rand.Rand) string { return card(r, "4", 16) }),
	number("amex", "credit_card", "paid with card %s today", func(r *rand.Rand) string { return card(r, "37", 15) }),
	number("card_spaced", "credit_card", "card %s charged", func(r *rand.Rand) string { return inFours(card(r, "51", 16)) }),
	number("ssn", "ssn", "SSN %s on file", func(r *rand.Rand) string {
		return fmt.Sprintf("%03d-%02d-%04d", 100+r.IntN(560), 10+r.IntN(89), 1000+r.IntN(8999))
	}),
	{name: "iban", pattern: "iban", text: "transfer to %s done", make: func(r *rand.Rand) (string, []string) {
		s := iban(r)
		return s, []string{s[4:]}
	}},
	{name: "email", pattern: "email", text: "sent to %s today", make: func(r *rand.Rand) (string, []string) {
		s := pick(r, lower+digits, 12)
		return "maria." + s + "@northwind-traders.com", []string{s}
	}},
	number("phone_us", "phone", "call %s now", func(r *rand.Rand) string { return "(415) 867-" + digitsOf(r, 4) }),
	number("phone_uk", "phone", "call %s now", func(r *rand.Rand) string { return "+44 20 7946 " + digitsOf(r, 4) }),
	{name: "ipv4", pattern: "ip_address", text: "login from %s at noon", make: func(r *rand.Rand) (string, []string) {
		s := fmt.Sprintf("%d.%d.%d.%d", 128+r.IntN(90), 100+r.IntN(155), 100+r.IntN(155), 100+r.IntN(155))
		return s, []string{s}
	}},
	{name: "ipv6", pattern: "ip_address", text: "peer %s closed", make: func(r *rand.Rand) (string, []string) {
		s := fmt.Sprintf("2a02:%x:%x:%x:%x:%x:%x:%x", 4096+r.IntN(61439), 4096+r.IntN(61439), 4096+r.IntN(61439), 4096+r.IntN(61439), 4096+r.IntN(61439), 4096+r.IntN(61439), 4096+r.IntN(61439))
		return s, []string{s}
	}},
}

// valueOf returns a new value of a kind.
func (k *kind) valueOf(r *rand.Rand) value {
	bare, secrets := k.make(r)
	v := value{bare: bare, text: fmt.Sprintf(k.text, bare), secrets: secrets}
	if k.contextual {
		v.bare = v.text
	}
	return v
}
