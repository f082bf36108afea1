package detect

import (
	"testing"

	"github.com/cowork-otel/collector/internal/pii/internal/span"
)

func TestTelegramBotToken(t *testing.T) {
	const token = "8123456789:AAF8x2Lk9Qw3Zr5Ty7Up1Bn4Vm6Cd0Es2Gh"
	checkRows(t, TelegramBotToken, isNumber, span.APIKey, []row{
		{"", "bot " + token + " now", token},
		{"", "8123456789:AAF8x2Lk9", ""},
		{"", "8123456789:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ""},
		{"", "812345:AAF8x2Lk9Qw3Zr5Ty7Up1Bn4Vm6Cd0Es2Gh", ""},
	})
}
