package secret

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestForeignNouns checks nouns with letters beyond ASCII in assignments and in sentences.
func TestForeignNouns(t *testing.T) {
	checkFound(t,
		"пароль: «Mosspond#204»", "Войди с паролем «Mosspond#204»", "密码是「«Mosspond#204»」", "密码：«Mosspond#204»", "パスワードは「«Mosspond#204»」です", "비밀번호: «Mosspond#204»",
		"hasło to «Mosspond#204»", "şifre: «Mosspond#204»", "כתוב סיסמה: «Mosspond#204»", "كلمة المرور: «Mosspond#204»", "รหัสผ่าน: «Mosspond#204»", "पासवर्ड: «Mosspond#204»",
		"mật khẩu là «Mosspond#204»", "contraseña: «Mosspond#204»", "lösenord: «Mosspond#204»", "κωδικός: «Mosspond#204»", "验证码: «482133»",
		"令牌: «4f9d2c7be1a85630»", "токен: «4f9d2c7be1a85630»", "APIキー: «4f9d2c7be1a85630»",
	)
	checkNone(t, "пароль: неверный", "密码错误，请重试。", "パスワードを忘れた場合", "Пароль должен быть длиннее 8 символов", "hasło jest wymagane", "пароль 1", "mật khẩu không đúng")
}

// TestForeignKinds checks that each noun of the table is the noun of a name that ends with it.
func TestForeignKinds(t *testing.T) {
	require.Greater(t, len(foreignNouns), 50)
	for _, noun := range foreignNouns {
		require.NotZero(t, noun.kind, noun.word)
		require.GreaterOrEqual(t, noun.at, 0, noun.word)
		require.Less(t, noun.at, len(noun.word))
		require.NotZero(t, foreignKind("x "+noun.word), noun.word)
	}
	require.Zero(t, foreignKind("password"))
	require.Zero(t, foreignKind(""))
	require.Zero(t, foreignKind("größe"))
}
