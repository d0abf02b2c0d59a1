"""What billing's pages say of orders, papers and accounts: sentences and marks, from what the queries found."""
