package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// foreignNouns are nouns with letters beyond ASCII, by kind. Those with a capital are
// given without it.
var foreignNouns = []struct {
	word string
	kind Kind
}{
	{"ароль", Password},
	{"ароля", Password},
	{"аролем", Password},
	{"пасворд", Password},
	{"арола", Password},
	{"озинка", Password},
	{"密码", Password},
	{"密碼", Password},
	{"口令", Password},
	{"パスワード", Password},
	{"パスフレーズ", Password},
	{"暗証番号", Code},
	{"비밀번호", Password},
	{"암호", Password},
	{"패스워드", Password},
	{"hasło", Password},
	{"hasła", Password},
	{"hasłem", Password},
	{"şifre", Password},
	{"Şifre", Password},
	{"şifresi", Password},
	{"Şifresi", Password},
	{"parolası", Password},
	{"Parolası", Password},
	{"ωδικός", Password},
	{"ωδικό", Password},
	{"ύνθημα", Password},
	{"סיסמה", Password},
	{"סיסמא", Password},
	{"הסיסמה", Password},
	{"كلمة المرور", Password},
	{"كلمة السر", Password},
	{"كلمة مرور", Password},
	{"رمز عبور", Password},
	{"رمز المرور", Password},
	{"รหัสผ่าน", Password},
	{"पासवर्ड", Password},
	{"পাসওয়ার্ড", Password},
	{"mật khẩu", Password},
	{"Mật khẩu", Password},
	{"lösenord", Password},
	{"Lösenord", Password},
	{"lösenordet", Password},
	{"contraseña", Password},
	{"Contraseña", Password},
	{"jelszó", Password},
	{"Jelszó", Password},
	{"jelszava", Password},
	{"palavra-passe", Password},
	{"slaptažodis", Password},
	{"токен", Token},
	{"ключ API", Token},
	{"API-ключ", Token},
	{"API ключ", Token},
	{"секрет", Token},
	{"ключ доступа", Token},
	{"令牌", Token},
	{"密钥", Token},
	{"密鑰", Token},
	{"APIキー", Token},
	{"トークン", Token},
	{"シークレット", Token},
	{"API 키", Token},
	{"토큰", Token},
	{"API 密钥", Token},
	{"clé API", Token},
	{"Clé API", Token},
	{"clé secrète", Token},
	{"API-Schlüssel", Token},
	{"Schlüssel", Key},
	{"API-nyckel", Token},
	{"مفتاح API", Token},
	{"مفتاح", Key},
	{"الرمز المميز", Token},
	{"מפתח API", Token},
	{"κλειδί API", Token},
	{"API anahtarı", Token},
	{"ПИН-код", Code},
	{"пин-код", Code},
	{"ПИН", Code},
	{"код подтверждения", Code},
	{"验证码", Code},
	{"驗證碼", Code},
	{"認証コード", Code},
	{"確認コード", Code},
	{"인증번호", Code},
	{"인증 코드", Code},
	{"código de verificación", Code},
	{"código de verificação", Code},
	{"Bestätigungscode", Code},
	{"رمز التحقق", Code},
	{"קוד אימות", Code},
	{"κωδικός επαλήθευσης", Code},
	{"doğrulama kodu", Code},
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
	for _, noun := range foreignNouns {
		if strings.HasSuffix(before, noun.word) {
			return noun.kind
		}
	}
	return None
}

// foreignNounAt returns what a noun with letters beyond ASCII that starts at i names, and
// where it ends.
func foreignNounAt(in string, i int) (Kind, int) {
	best, end := None, 0
	for _, noun := range foreignNouns {
		if len(noun.word) > end-i && strings.HasPrefix(in[i:], noun.word) {
			best, end = noun.kind, i+len(noun.word)
		}
	}
	if best != None { // an ending, as in паролем
		end = text.RunEnd(in, end, end+8, text.Foreign)
	}
	return best, end
}
