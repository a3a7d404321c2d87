package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// completionCommand writes the script with which a shell completes commands,
// options and the names they take.
func completionCommand(c *cli) *command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	var cmd *command
	cmd = c.command("completion", words(1, 1), func(args []string) error {
		root := cmd.Root()
		switch args[0] {
		case "bash":
			return root.GenBashCompletionV2(c.out, true)
		case "zsh":
			return root.GenZshCompletion(c.out)
		case "fish":
			return root.GenFishCompletion(c.out, true)
		case "powershell":
			return root.GenPowerShellCompletionWithDesc(c.out)
		}
		return unknownValue(args[0], shells)
	}, exitDone, exitUsage)
	cmd.plain = true
	cmd.ValidArgsFunction = offers(func() []string { return shells })
	return cmd
}

// offers completes words from a list that is made when it is asked for.
func offers(list func() []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		var out []string
		for _, s := range list() {
			if strings.HasPrefix(s, typed) {
				out = append(out, s)
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

// files completes the names of files with one of some endings, of all where none
// is given.
func files(endings ...string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		if len(endings) == 0 {
			return nil, cobra.ShellCompDirectiveDefault
		}
		return endings, cobra.ShellCompDirectiveFilterFileExt
	}
}

// completes sets what completes the value of a flag.
func (cmd *command) completes(flag string, by cobra.CompletionFunc) {
	// An error would mean a flag that is not there: the tests of completion look.
	_ = cmd.RegisterFlagCompletionFunc(flag, by)
}

// platforms are the ids of the catalogue.
func (c *cli) platforms() (ids []string) {
	if c.loadData() != nil {
		return nil
	}
	for i := range c.catalog.Len() {
		ids = append(ids, c.catalog.At(i).ID)
	}
	slices.Sort(ids)
	return ids
}

// accountIDs are those of the sample person's accounts, or else of every
// platform: the person's own would take opening the profile.
func (c *cli) accountIDs() (ids []string) {
	if !c.sample || c.load() != nil || c.open(false) != nil {
		return c.platforms()
	}
	for _, a := range c.overview().Accounts {
		ids = append(ids, a.ID)
	}
	return ids
}
