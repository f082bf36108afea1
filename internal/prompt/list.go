package prompt

// A list holds entries in the order of their last activity, linked through the
// entries themselves: moving one does not allocate. The zero value is empty.
type list struct {
	newest, oldest *entry
	n              int
}

func (l *list) pushNewest(e *entry) {
	e.older, e.newer = l.newest, nil
	if l.newest != nil {
		l.newest.newer = e
	} else {
		l.oldest = e
	}
	l.newest = e
	l.n++
}

func (l *list) remove(e *entry) {
	if e.newer != nil {
		e.newer.older = e.older
	} else {
		l.newest = e.older
	}
	if e.older != nil {
		e.older.newer = e.newer
	} else {
		l.oldest = e.newer
	}
	e.older, e.newer = nil, nil
	l.n--
}

// touch makes an entry of the list the newest.
func (l *list) touch(e *entry) {
	if l.newest != e {
		l.remove(e)
		l.pushNewest(e)
	}
}
