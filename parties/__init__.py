"""Who and where: municipalities, postcodes, elections, contests and parties."""
