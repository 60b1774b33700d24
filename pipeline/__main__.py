"""`python -m pipeline`: the same as the `committee-papers` command."""


def main() -> None:
    """Run the command line; exits with the codes listed in `committee-papers --help`."""
    import sys

    if sys.argv[1:] == ["--version"]:
        from pipeline import VERSION

        sys.stdout.write(f"committee-papers {VERSION}\n")
        return
    from pipeline.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
