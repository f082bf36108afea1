package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// foreignNouns are nouns with letters beyond ASCII. Those with a capital are given
// without it where a letter beyond ASCII follows.
var foreignNouns = foreignTable([kindCount]string{ //nolint:gosec // names of secrets
	Password: `ароль,ароля,аролем,пасворд,арола,озинка,密码,密碼,口令,パスワード,パスフレーズ,
		비밀번호,암호,패스워드,hasło,hasła,hasłem,şifre,Şifre,şifresi,Şifresi,parolası,Parolası,ωδικός,ωδικό,
		ύνθημα,סיסמה,סיסמא,הסיסמה,كلمة المرور,كلمة السر,كلمة مرور,رمز عبور,
		رمز المرور,รหัสผ่าน,पासवर्ड,পাসওয়ার্ড,mật khẩu,Mật khẩu,
		lösenord,lykilorð,கடவுச்சொல்,Lösenord,lösenordet,contraseña,Contraseña,jelszó,Jelszó,slaptažodis`,
	Token: `токен,ключ API,API-ключ,API ключ,секрет,ключ доступа,令牌,密钥,密鑰,APIキー,トークン,
		シークレット,API 키,토큰,API 密钥,clé d'API,clé d’API,clé API,Clé API,clé secrète,API-Schlüssel,مفتاح API,
		الرمز المميز,מפתח API,κλειδί API,API anahtarı`,
	Code: `暗証番号,code de vérification,од из,セキュリティコード,パスコード,ワンタイムコード,ПИН-код,пин-код,ПИН,код подтверждения,验证码,驗證碼,認証コード,
		確認コード,인증번호,인증 코드,código de verificación,código de verificação,Bestätigungscode,رمز التحقق,
		קוד אימות,κωδικός επαλήθευσης,doğrulama kodu`,
	Key: `Schlüssel,مفتاح`,
})

// A foreignNoun is a noun by its first letter beyond ASCII.
type foreignNoun struct {
	word string
	kind Kind
	at   int // where the letter is in the word
}

func foreignTable(lists [kindCount]string) (table []foreignNoun) {
	for kind, list := range lists {
		for word := range strings.SplitSeq(list, ",") {
			if word = strings.TrimSpace(word); word != "" {
				at := strings.IndexFunc(word, func(r rune) bool { return r >= 0x80 })
				table = append(table, foreignNoun{strings.Map(lowerASCII, word), Kind(kind), at})
			}
		}
	}
	return table
}

// lowerASCII returns the small letter of a capital of ASCII, and any other rune unchanged.
func lowerASCII(r rune) rune {
	if r < 0x80 {
		return rune(text.ToLower(byte(r)))
	}
	return r
}

// foreignKind returns what a noun with letters beyond ASCII at the end of a text names.
func foreignKind(before string) Kind {
	const atEnd = 12 // bytes, one of which is not ASCII in each noun
	var seen byte
	for i := max(0, len(before)-atEnd); i < len(before); i++ {
		seen |= before[i]
	}
	if seen < 0x80 {
		return None
	}
	for _, noun := range foreignEnds[text.ToLower(before[len(before)-1])] {
		if text.HasFold(before, len(before)-len(noun.word), noun.word) {
			return noun.kind
		}
	}
	return None
}

// foreignEnds has the nouns by their last byte.
var foreignEnds = func() (index [1 << 8][]foreignNoun) {
	for _, noun := range foreignNouns {
		last := noun.word[len(noun.word)-1]
		index[last] = append(index[last], noun)
	}
	return index
}()

// foreignIndex has the nouns by their first letter beyond ASCII.
var foreignIndex = func() (index [1 << 12][]foreignNoun) {
	for _, noun := range foreignNouns {
		k := foreignKey(noun.word[noun.at], noun.word[noun.at+1])
		index[k] = append(index[k], noun)
	}
	return index
}()

// foreignKey returns the index of the first two bytes of a letter beyond ASCII.
func foreignKey(a, b byte) int { return int(a&0x3f)<<6 | int(b&0x3f) }

// pairNouns are nouns of two letters, which are no candidates.
var pairNouns = [...]string{" pw ", " PW "}

// HasPair reports whether one of them may start at one of some offsets of a text.
func HasPair(some []uint16, in string) bool {
	found := false
	for _, k := range some {
		found = found || in[k]|0x20 == 'p' && int(k)+1 < len(in) && in[k+1]|0x20 == 'w'
	}
	return found
}

// PairNouns detects the secrets after nouns of two letters.
func PairNouns(r *Reader) {
	t := r.Text
	for _, pair := range pairNouns {
		for i := strings.Index(t, pair); i >= 0; {
			if r.Meter.Exceeds(len(t)) {
				ReplaceRest(r, i)
				return
			}
			noun(r, i+1, i+len(pair)-1)
			next := strings.Index(t[i+1:], pair)
			if next < 0 {
				break
			}
			i += next + 1
		}
	}
}

// ForeignNouns detects the secrets after nouns with letters beyond ASCII, which no
// candidate announces.
func ForeignNouns(r *Reader) {
	t := r.Text
	for i := text.NextForeign(t, 0); i+1 < len(t); i = text.NextForeign(t, i+1) {
		best, first, end := None, 0, 0
		for _, noun := range foreignIndex[foreignKey(t[i], t[i+1])] {
			if start := i - noun.at; start >= 0 && start+len(noun.word) > end && text.HasFold(t, start, noun.word) {
				best, first, end = noun.kind, start, start+len(noun.word)
			}
		}
		if best == None || first < r.secretEnd {
			continue
		}
		if r.Meter.Exceeds(len(t)) {
			ReplaceRest(r, first)
			return
		}
		if t[i] < 0xE0 { // an ending, as in паролем
			end = text.RunEnd(t, end, end+12, text.Letter|text.Foreign)
		}
		if !assignedNext(r, end) {
			afterNoun(r, best, first, end)
		}
		i = end - 1
	}
}
