package pii

// This file holds the calls of the detectors in package detect.

import (
	"github.com/cowork-otel/collector/internal/pii/internal/detect"
	"github.com/cowork-otel/collector/internal/pii/internal/span"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// single returns the detector of a sign that calls one function of package detect.
func single(of func(*detect.Reader, int) (span.Span, bool)) detector {
	return func(w *walk, i int) int { return max(i+1, w.accept(of(&w.Reader, i))) }
}

// accept collects the result of a detector and returns where the walk continues, 0 if
// there is none or its pattern is switched off.
func (w *walk) accept(found span.Span, ok bool) int {
	switch {
	case !ok:
		return 0
	case found.Rank == span.Harmless:
		return found.End
	}
	return w.addSpan(found.ID, found.Rank, found.Start, found.End)
}

// addCredential collects the user and the password of a URL.
func (w *walk) addCredential(found detect.Credential) {
	for _, f := range [...]span.Span{found.User, found.Password} {
		if f.End > 0 {
			w.addSpan(f.ID, f.Rank, f.Start, f.End)
		}
	}
}

// at detects an e-mail address, or the password of a data source, around the @ at i.
func (w *walk) at(i int) int {
	if c := w.Next(i + 1); c == '/' || c == 't' || c == 'u' {
		w.accept(detect.DataSource(&w.Reader, i))
	}
	return max(i+1, w.accept(detect.Email(&w.Reader, i)))
}

// iban detects an account number that starts at start.
func (w *walk) iban(start int) int { return w.accept(detect.IBAN(&w.Reader, start)) }

// jwt detects a JSON web token that starts at start.
func (w *walk) jwt(start int) int {
	if !w.enabled(span.JWT) {
		return 0
	}
	return w.accept(detect.JWT(&w.Reader, start))
}

// puTTYKey detects the private half of a PuTTY key that starts at start.
func (w *walk) puTTYKey(start int) int { return w.accept(detect.PuTTYPrivateKey(&w.Reader, start)) }

// digitRun runs the detectors of the run of digits that starts at start, and of the word that continues it.
func (w *walk) digitRun(start int) int {
	end := text.RunEnd(w.Text, start+1, len(w.Text), text.Digit)
	if stop := w.number(start, end); stop > end {
		return stop
	}
	if w.Next(end) == '|' {
		return w.pipe(end)
	}
	if !text.Is(w.Next(end), text.Letter) {
		return end
	}
	if tokenStarts[w.Text[start]&0x7f][w.Text[start+1]&0x7f] != 0 {
		if stop := w.word(start); stop > end {
			return stop
		}
	}
	return max(end, w.longWord(start))
}

// number runs the detectors of numbers on the run of digits [start, end). The first with a
// result decides where the walk continues.
func (w *walk) number(start, end int) int {
	if w.Next(end) == '.' {
		if stop := w.accept(detect.IPv4(&w.Reader, start)); stop > end {
			return stop
		}
	}
	if !detect.MayBeNumber(&w.Reader, start, end) {
		return 0
	}
	for _, d := range numberDetectors {
		if end-start < d.least {
			continue
		}
		if stop := w.accept(d.read(&w.Reader, start)); stop > end {
			return stop
		}
	}
	return 0
}

// numberDetectors are the detectors of a run of digits apart from IP addresses, and the
// least length of the run.
var numberDetectors = [...]struct {
	least int
	read  func(*detect.Reader, int) (span.Span, bool)
}{
	{4, detect.Card},
	{3, detect.SocialSecurity},
	{8, detect.TelegramBotToken},
	{1, detect.Phone},
}
