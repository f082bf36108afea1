package pii

// digits looks at the run of digits [start, end) and what follows it for an
// address, a card, a social security number, a phone number or a bot's token. It
// returns where to go on, 0 if there is nothing.
func (w *walk) digits(start, end int) int {
	t := w.text
	before := w.previous(start)
	n := end - start
	if before == '_' {
		if n == 3 && !is(w.next(end), digit) {
			return w.ssn(start, end) // SSN_536-22-8726.pdf
		}
		if !w.speaksOf(cardTopic, start, end) {
			return 0
		}
		return w.card(start, end)
	}
	if n <= 3 && w.next(end) == '.' {
		if stop := w.ipv4(start); stop > 0 {
			return stop
		}
	}
	fraction := (before == '.' || before == ',') && start > 1 && is(t[start-2], digit)
	if fraction || is(w.next(end), letter) && lowered(t[end]) != 'x' {
		return 0
	}
	for _, verify := range [...]func(*walk, int, int) int{(*walk).card, (*walk).ssn, (*walk).botToken, (*walk).national} {
		if stop := verify(w, start, end); stop > 0 {
			return stop
		}
	}
	return 0
}

// joined reports whether a dash ties what starts at start to a word or number before it, as in a UUID.
func (w *walk) joined(start int) bool {
	return w.previous(start) == '-' && is(w.previous(start-1), alnum)
}

// continues reports whether what ends at end goes on: with a letter, a digit or an underscore, or with one of
// those behind one of the bytes of joints.
func (w *walk) continues(end int, joint1, joint2 byte) bool {
	c := w.next(end)
	return is(c, alnum) || c == '_' || (c == joint1 || c == joint2) && is(w.next(end+1), digit)
}

// botToken takes the token of a Telegram bot: its number, a colon and 35 characters that start with A.
func (w *walk) botToken(start, end int) int {
	if n := end - start; n < 8 || n > 16 || w.next(end) != ':' || lowered(w.next(end+1)) != 'a' {
		return 0
	}
	stop := runEnd(w.text, end+1, end+1+40, keyChars)
	if n := stop - end - 1; n < 34 || n > 36 || !shapeOf(w.text[end+1:stop]).random() {
		return 0
	}
	return w.add(apiKey, rankStructural, start, stop)
}
