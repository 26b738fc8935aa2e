COPY FROM DATABASE warehouse TO draft
