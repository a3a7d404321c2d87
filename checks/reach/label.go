package reach

import (
	"strings"

	"unlisted/checks/access"
	"unlisted/checks/account"
	"unlisted/checks/identifier"
	"unlisted/checks/text"
)

// Label names a node for a person.
type Label struct {
	Text     string                // text key "reach.node.*"
	ID       identifier.Identifier // the number or address; of an account its sign-in, where the person has several there
	Platform string                // name of the platform; "" where it is about none
	Name     string                // of an account: a sign-in name that is no identifier
	Count    int                   // of a shared password: how many accounts it opens
}

// labels are the text keys of the nodes there is one of, and of the prefixes.
var labels = map[access.Node]string{
	nodePhone: "reach.node.phone", nodeUnlocked: "reach.node.phone_unlocked", nodeLock: "reach.node.screen_lock",
	nodeApp: "reach.node.app", nodeAppCopy: "reach.node.app_copy", nodePasskeys: "reach.node.passkeys",
	nodePasskeyCopy: "reach.node.passkey_copy", nodeIdentity: "reach.node.identity", nodeSecond: "reach.node.second",
	prefixNumber: "reach.node.number", prefixMailbox: "reach.node.mailbox", prefixAccount: "reach.node.account",
	prefixPassword: "reach.node.password", prefixShared: "reach.node.shared_password", prefixCodes: "reach.node.codes",
	prefixPIN: "reach.node.pin", prefixFactor: "reach.node.factor",
}

// Name gives the label of a node of this model.
func (m *Model) Name(n access.Node) Label {
	if key, ok := labels[n]; ok {
		return Label{Text: key}
	}
	prefix, value, _ := strings.Cut(string(n), ":")
	prefix += ":"
	l := Label{Text: labels[access.Node(prefix)]}
	switch prefix {
	case prefixNumber, prefixMailbox:
		l.ID = m.ids[n]
	case prefixShared:
		for i := range m.accounts {
			if m.accounts[i].password == n {
				l.Count++
			}
		}
	default:
		if i, ok := m.at[AccountNode(value)]; ok {
			m.accounts[i].name(&l)
		}
	}
	return l
}

// name adds what an account is called. Its sign-in is told only where the
// person has several at the platform.
func (k *known) name(l *Label) {
	if l.Platform = k.Account.Name; l.Platform == "" {
		l.Platform = k.Platform
	}
	if k.ID != k.Platform {
		if l.ID = signIn(k.Account); l.ID.IsZero() {
			l.Name = k.SignIn
		}
	}
}

// signIn is the number or address an account is signed in to with, as the
// platform holds it; the zero value where none is known.
func signIn(a account.Account) identifier.Identifier {
	for _, id := range a.Identifiers {
		if id.Canonical() == a.SignIn {
			return id
		}
	}
	return identifier.Identifier{}
}

// SignInName is the name an account is signed in to with, in full; "" where
// none is known.
func SignInName(a account.Account) string {
	if id := signIn(a); !id.IsZero() {
		return id.Value
	}
	return a.SignIn
}

// Words writes the label; identifiers are masked unless they may be shown.
func (l Label) Words(t *text.Printer, show bool) string {
	platform := l.Platform
	if who := l.who(show); who != "" && platform != "" {
		platform = t.T("reach.node.of", "platform", platform, "who", who)
	}
	if l.Count > 0 {
		return t.N(l.Text, l.Count)
	}
	return t.T(l.Text, "platform", platform, "id", shown(l.ID, show))
}

func (l Label) who(show bool) string {
	if l.ID.IsZero() {
		return l.Name
	}
	return shown(l.ID, show)
}

func shown(id identifier.Identifier, show bool) string {
	if show {
		return id.Display()
	}
	return id.Masked()
}

// List writes several nodes in a row, such as "your number and your mailbox".
func (m *Model) List(t *text.Printer, nodes []access.Node, show bool) string {
	names := make([]string, len(nodes))
	for i, n := range nodes {
		names[i] = m.Name(n).Words(t, show)
	}
	if last := len(names) - 1; last > 0 {
		return t.T("reach.and", "list", strings.Join(names[:last], ", "), "last", names[last])
	}
	return strings.Join(names, "")
}

// StepWords writes one step of a chain; what is assumed says so.
func (m *Model) StepWords(t *text.Printer, s access.Step, show bool) string {
	key := "reach.step.sign_in"
	switch {
	case s.Recovery && s.Assumed:
		key = "reach.step.recovery_assumed"
	case s.Recovery:
		key = "reach.step.recovery"
	case s.Assumed:
		key = "reach.step.sign_in_assumed"
	}
	return t.T(key, "opens", m.Name(s.Opens).Words(t, show), "with", m.List(t, s.With, show))
}
