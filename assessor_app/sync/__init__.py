"""Everything slow or failing for network reasons; the only package that opens sockets."""
