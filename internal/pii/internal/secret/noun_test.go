package secret

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestKindOf checks what names end with a noun, in several spellings.
func TestKindOf(t *testing.T) {
	for kind, names := range map[Kind]string{
		Password: "password PASSWORD db_password dbPassword DBPassword PGPASSWORD MYSQL_PWD passphrase Kennwort Passwort wachtwoord contraseña senha heslo lösenord пароль パスワード db_password_2 password1 PASSWORD_PROD userpassword",
		Token:    "token api_key apiKey APIKey api-key client_secret AWS_SECRET_ACCESS_KEY accessToken GITHUB_TOKEN stripe_key openai_key access_key_value токен 令牌 authorization auth",
		Code:     "pin PIN otp verification_code mfaCode cvv2 backup_codes PIN-код 验证码 security_code",
		Key:      "sorting_hat_key ssh_signature x_sig db_salt",
		PlainKey: "key Key keys",
		Session:  "session_id sessionId JSESSION_SID cookie",
		None: "name user public_key primary_key sort_key max_tokens total_tokens token_count page_token next_token status_code exit_code error_code country_code zip_code code passwords_changed " +
			"Sec-WebSocket-Key hashed_secret keyboard monkey_name hotkey_map keyword tokenizer authority p x 1 _ -",
	} {
		for name := range strings.FieldsSeq(names) {
			require.Equal(t, kindNames[kind], kindNames[KindOf(name)], name)
		}
	}
	require.Equal(t, Token, KindOf("API key"))
	require.Equal(t, Password, KindOf("Mot de passe"))
	require.Equal(t, None, KindOf(""))
	require.Equal(t, Password, KindOf(strings.Repeat("x_", 200)+"password"))
	require.Equal(t, None, KindOf("password"+strings.Repeat("_x", 200)))
}

// TestNouns checks that each noun of the table is found by itself, with its kind.
func TestNouns(t *testing.T) {
	for noun, kind := range nouns {
		got := KindOf(noun)
		if kind == Key { // alone it can be a key of anything
			require.Contains(t, []Kind{Key, PlainKey}, got, noun)
			continue
		}
		require.Equal(t, kindNames[kind], kindNames[got], noun)
	}
	for _, ending := range nounEndings {
		require.NotZero(t, nouns[ending], ending)
	}
}

// TestNounIn checks labels of fields.
func TestNounIn(t *testing.T) {
	for label, want := range map[string]Kind{
		"Password field": Password, "your PIN": Code, `input[type="password"]`: Password, "#api-token": Token, "Password": Password, "contraseña:": Password,
		"Password hint": None, "password policy": None, "token name": None, "User name": None, "": None, "Reset link": None, "key": None,
		strings.Repeat("x ", 200) + "password": None,
	} {
		require.Equal(t, kindNames[want], kindNames[nounIn(label)], label)
		require.Equal(t, want >= Code, IsLabel(label), label)
	}
}

// TestNameOf checks the words of identifiers.
func TestNameOf(t *testing.T) {
	for ident, want := range map[string]string{
		"AWS_SECRET_ACCESS_KEY": "aws secret access key", "apiKey": "api key", "APIKey": "api key", "api key 2": "api key", "DBPassword": "db password",
		"contraseña": "contrasea", "": "", "1": "", "a.b-c_d": "a b c d",
	} {
		n := nameOf(ident)
		var words []string
		from := uint8(0)
		for _, end := range n.ends[:n.words] {
			words = append(words, string(n.text[from:end]))
			from = end
		}
		require.Equal(t, want, strings.Join(words, " "), ident)
	}
	long := nameOf(strings.Repeat("a_", 100))
	require.Equal(t, wordsMax, long.words)
}

// TestMayNameSecret checks that the quick test rejects no name that means something.
func TestMayNameSecret(t *testing.T) {
	for _, ident := range []string{"threshold", "database", "docstring", "old_string", "maxTokensUsed"} {
		require.False(t, mayNameSecret(ident), ident)
	}
	words := slices.Sorted(maps.Keys(nouns))
	words = append(words, slices.Sorted(maps.Keys(qualifiers))...)
	words = append(words, slices.Sorted(maps.Keys(harmless))...)
	word := rapid.OneOf(rapid.SampledFrom(words), rapid.StringMatching(`[a-zA-Z0-9é_ -]{0,9}`))
	rapid.Check(t, func(t *rapid.T) {
		ident := ""
		for _, w := range rapid.SliceOfN(word, 1, 5).Draw(t, "words") {
			if cut := rapid.IntRange(0, len(w)).Draw(t, "cut"); cut > 0 && cut < len(w) && w[cut] < 0x80 && w[cut-1] < 0x80 {
				w = w[:cut] + rapid.SampledFrom([]string{"", "_", " ", "-"}).Draw(t, "inner") + w[cut:]
			}
			if rapid.Bool().Draw(t, "capital") && w != "" {
				w = strings.ToUpper(w[:1]) + w[1:]
			}
			ident += w + rapid.SampledFrom([]string{"", "_", " ", "."}).Draw(t, "separator")
		}
		n := nameOf(ident)
		end := n.words
		for end > 1 && lexicon.find(n.lastWords(1, end)).qualifies {
			end--
		}
		if end > 0 && n.kindOfLast(end) != None {
			require.True(t, mayNameSecret(ident), ident)
		}
	})
}
