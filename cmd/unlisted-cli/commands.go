package main

import "strings"

// command is one word of the command line.
type command struct {
	name, usage string
	run         func(c *cli, args []string) error
}

// commands lists them all, in the order of the help.
func commands() []command {
	return []command{
		{"you", "add|remove|list IDENTIFIER...", (*cli).you},
		{"scan", "PATH... [--browsers] [--unlock-file F] [--key-file F] [--own IDENTIFIER] [--yes]", (*cli).scan},
		{"mailbox", "ADDRESS --password-file F [--host SERVER] [--consent] [--yes]", (*cli).mailbox},
		{"accounts", "[list|show PLATFORM|set PLATFORM KEY=VALUE...]", (*cli).accounts},
		{"platform", "QUERY", (*cli).platform},
		{"check", "[IDENTIFIER...] [--source S]... [--details] [--consent]", (*cli).check},
		{"breaches", "", (*cli).breachList},
		{"passwords", "PATH... [--consent | --offline FILE]", (*cli).passwords},
		{"whatif", "steal|lose MEANS... [--planned]", (*cli).whatif},
		{"plan", "[next|done ID|skip ID]", (*cli).plan},
		{"goodbye", "NUMBER [--last-day YYYY-MM-DD | --stay]", (*cli).goodbye},
		{"card", "-o FILE.html [--carrier NUMBER] [--full-numbers]", (*cli).card},
		{"letter", "PLATFORM --kind objection [-o FILE]", (*cli).letter},
		{"report", "-o FILE.(html|csv|json)", (*cli).report},
		{"ledger", "", (*cli).ledger},
		{"profile", "status|versions|restore [N]|recovery-key [-o FILE]|passphrase --new-passphrase-file F|keyring|forget-keyring", (*cli).profileCommand},
		{"data", "[status|update [--from FILE | --consent]]", (*cli).data},
	}
}

func help() string {
	var b strings.Builder
	b.WriteString("usage: unlisted-cli [--profile FILE | --temporary | --sample] [--passphrase-file F | --recovery-key-file F] [--lang en|fr] [--json] COMMAND\n")
	for _, c := range commands() {
		b.WriteString("  " + strings.TrimSpace(c.name+" "+c.usage) + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

func (c *cli) command(args []string) error {
	for _, cmd := range commands() {
		if cmd.name == args[0] {
			return cmd.run(c, args[1:])
		}
	}
	return usage("%s", help())
}

// option takes "--name" out of args; it may stand anywhere.
func option(args []string, name string) (rest []string, found bool) {
	for _, a := range args {
		if a == "--"+name {
			found = true
		} else {
			rest = append(rest, a)
		}
	}
	return rest, found
}

// values takes every "--name VALUE" out of args.
func values(args []string, name string) (rest, vals []string) {
	for i := 0; i < len(args); i++ {
		if args[i] == name && i+1 < len(args) {
			vals = append(vals, args[i+1])
			i++
		} else {
			rest = append(rest, args[i])
		}
	}
	return rest, vals
}
