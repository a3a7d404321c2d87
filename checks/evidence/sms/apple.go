package sms

import (
	"bytes"
	"context"
	"database/sql"
	"io/fs"
	"path"
	"strings"
	"time"

	"unlisted/checks/evidence"
	"unlisted/checks/evidence/sqlite"
	"unlisted/checks/identifier"
)

// appleDatabase imports the messages of an iPhone (sms.db) or a Mac (chat.db),
// as iOS 6 and later or the systems before wrote them (section B.3).
type appleDatabase struct{ rules *classifier }

var _ evidence.Importer = appleDatabase{}

// Format implements evidence.Importer.
func (appleDatabase) Format() evidence.Format {
	return evidence.Format{ID: "apple-messages", Family: "messages"}
}

// messagesFile is what an iPhone backup calls sms.db: the SHA-1 of
// "HomeDomain-Library/SMS/sms.db".
const messagesFile = "3d0d7e5fb2ce288813306e4d4636395e047a3d28"

// Recognise implements evidence.Importer. A database whose tables cannot be listed is told by its name.
func (appleDatabase) Recognise(_ context.Context, in evidence.Input) evidence.Certainty {
	if !bytes.HasPrefix(in.Head, []byte(sqlite.Magic)) || insideBackup(in) {
		return evidence.No
	}
	switch {
	case in.HasTable("message") && (in.HasTable("handle") || in.HasTable("message", "handle_id") || in.HasTable("message", "svc_center") || in.HasTable("message", "madrid_")),
		in.HasTable("chat_message_join") && in.HasTable("chat_handle_join"):
		return evidence.Sure
	}
	switch path.Base(in.Name) {
	case "sms.db", "chat.db", messagesFile:
		return evidence.Maybe
	}
	return evidence.No
}

// insideBackup reports whether the backup's own importer reads this file.
func insideBackup(in evidence.Input) bool {
	if path.Base(in.Name) != messagesFile {
		return false
	}
	dir := path.Dir(in.Name)
	for _, root := range []string{dir, path.Dir(dir)} {
		if _, err := fs.Stat(in.FS, path.Join(root, "Manifest.plist")); err == nil {
			return true
		}
	}
	return false
}

// Read implements evidence.Importer.
func (a appleDatabase) Read(ctx context.Context, in evidence.Input, out evidence.Sink) error {
	c := newCollector(a.rules, out)
	defer c.flush()
	return readApple(ctx, in.FS, in.Name, in.Label, in.Size, c)
}

// Queries for the two layouts; both give sender, text, attributed text, date,
// whether the person wrote it, service, receiving number, account. Values beyond
// any message's size stay in the file.
const (
	appleFields = `CASE WHEN octet_length(text) <= 8192 THEN text END, `
	oldQuery    = `SELECT CASE WHEN octet_length(address) <= 128 THEN address END, ` + appleFields + `NULL, CAST(date AS INTEGER), CAST(flags AS INTEGER) <> 2, 'SMS', NULL, NULL FROM message`
)

// newQuery depends on the columns that are there.
func newQuery(message, handle map[string]bool) string {
	bounded := func(column string, limit string) string {
		if !message[column] {
			return "NULL"
		}
		return "CASE WHEN octet_length(m." + column + ") <= " + limit + " THEN m." + column + " END"
	}
	sender, join := "NULL", ""
	if handle["id"] {
		sender, join = "CASE WHEN octet_length(h.id) <= 128 THEN h.id END", " LEFT JOIN handle AS h ON h.ROWID = m.handle_id"
	}
	return "SELECT " + sender + ", " + bounded("text", "8192") + ", " + bounded("attributedbody", "65536") +
		", CAST(m.date AS INTEGER), CAST(m.is_from_me AS INTEGER), " + bounded("service", "32") + ", " + bounded("destination_caller_id", "128") + ", " + bounded("account", "256") +
		" FROM message AS m" + join
}

// readApple reads one database; the caller owns the collector.
func readApple(ctx context.Context, tree fs.FS, name, label string, size int64, c *collector) error {
	db, err := sqlite.Open(ctx, tree, name)
	if err != nil {
		return err
	}
	defer db.Close()
	message, err := db.Columns(ctx, "message")
	if err != nil {
		return err
	}
	query := oldQuery
	switch {
	case message["text"] && message["date"] && message["is_from_me"]:
		handle, err := db.Columns(ctx, "handle")
		if err != nil {
			return err
		}
		query = newQuery(message, handle)
	case message["text"] && message["date"] && message["address"] && message["flags"]:
	default:
		return evidence.NewProblem(label, "error.evidence.sqlite")
	}
	return readRows(ctx, db, query, size, c)
}

func readRows(ctx context.Context, db *sqlite.DB, query string, size int64, c *collector) error {
	var count, step int64
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM message").Scan(&count); err == nil {
		step = size / max(1, count)
	} // a damaged database is read as far as it goes
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	old := query == oldQuery
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		var r appleRow
		c.out.Item()
		c.out.Advance(step)
		if err := rows.Scan(&r.sender, &r.text, &r.attributed, &r.date, &r.mine, &r.service, &r.to, &r.account); err != nil {
			c.out.Skip(evidence.Broken, "") // a value of a kind no message has
			continue
		}
		r.hand(c, old)
	}
	return rows.Err()
}

// appleRow is one row of the table of messages.
type appleRow struct {
	sender, text, service, to, account sql.NullString
	attributed                         []byte
	date                               sql.NullInt64
	mine                               sql.NullBool
}

// hand gives a row to the collector. Messages of Apple's own service come from
// people, except those of businesses.
func (r *appleRow) hand(c *collector, old bool) {
	own := r.to.String
	if number, ok := strings.CutPrefix(r.account.String, "P:"); ok && own == "" {
		own = number
	}
	if address, ok := strings.CutPrefix(r.account.String, "E:"); ok {
		c.address(address)
	}
	if r.mine.Bool || r.service.String == "iMessage" && !strings.HasPrefix(r.sender.String, "urn:biz") {
		c.owner(own, "")
		c.sent(r.sender.String)
		c.out.Skip(evidence.Private, "")
		return
	}
	text := r.text.String
	if strings.Trim(text, "\ufffc ") == "" {
		text = typedText(r.attributed)
	}
	at := appleTime(r.date.Int64)
	if old {
		at = millis(r.date.Int64)
	}
	c.message(message{sender: r.sender.String, body: text, at: at, own: own})
}

// address notes an address the person signs in to messages with.
func (c *collector) address(s string) {
	if _, known := c.numbers["E:"+s]; known || len(c.numbers) >= maxNumbers {
		return
	}
	id, err := identifier.ParseEmail(s)
	c.numbers["E:"+s] = id
	if err == nil && len(c.own) < maxOwn {
		c.own[id]++
	}
}

// appleTime reads seconds, or since iOS 11 nanoseconds, since 2001.
func appleTime(n int64) time.Time {
	const epoch = 978307200
	switch {
	case n <= 0:
		return time.Time{}
	case n > 1e12:
		return time.Unix(epoch+n/1e9, n%1e9).UTC()
	case n > 1e11:
		return time.Time{}
	}
	return time.Unix(epoch+n, 0).UTC()
}
