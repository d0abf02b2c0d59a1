"""OpenID Connect: members are let in elsewhere with their sign-in here. One way only: a code with its proof."""
