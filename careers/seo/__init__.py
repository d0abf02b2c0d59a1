"""What search engines are told of the Career Center: the data of a page, and the sitemap."""
