package detect

import (
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TelegramBotToken detects the token of a Telegram bot: its number, a colon and 35 characters that start with A.
func TelegramBotToken(r *Reader, start int) (found span.Span, ok bool) {
	end := text.RunEnd(r.Text, start, start+17, text.Digit)
	if r.Previous(start) == '_' || isPart(r, start, end) {
		return found, false
	}
	if n := end - start; n < 8 || n > 16 || r.Next(end) != ':' || text.ToLower(r.Next(end+1)) != 'a' {
		return found, false
	}
	stop := text.RunEnd(r.Text, end+1, end+1+40, text.KeyChars)
	if n := stop - end - 1; n < 34 || n > 36 || !text.ShapeOf(r.Text[end+1:stop]).Random() {
		return found, false
	}
	return accept(span.APIKey, span.Structural, start, stop)
}
